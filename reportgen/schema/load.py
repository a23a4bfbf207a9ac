"""YAML to a case: every problem with file, line, excerpt and remedy, all at once."""
from pathlib import Path
from reportgen.schema.case import Case
from reportgen.schema.document import read
def load_case(path: Path) -> Case:
    return Case.model_validate(read(path).data)
