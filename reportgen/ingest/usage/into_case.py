"""A workload out of usage written into a case: fields that are there are replaced, others added, everything else stays."""

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode

from reportgen.ingest.usage.text import Entry
from reportgen.schema.loading.yaml_text import YamlText


def with_workload(text: str, entries: list[Entry]) -> str:
    """Return the text of a case with fields of its workload set; KeyError where the case has several workloads."""
    editor = YamlText(text)
    if editor.has("workloads"):
        raise KeyError("workloads")
    if not editor.has("workload"):
        editor.add(
            editor.mapping(), "\n".join(["workload:", *(f"  {key}: {value}" for key, value in entries)])
        )
        return editor.text
    for key, value in entries:
        if editor.has("workload", key):
            editor.replace(editor.at("workload", key), value)
        else:
            editor.add(editor.mapping("workload"), f"{key}: {value}")
    return editor.text


def with_section(text: str, yaml: str) -> str:
    """Return the text of a case with whole sections set, such as `workloads`; a section that is there is replaced."""
    editor = YamlText(text)
    root = YAML(typ="rt", pure=True).compose(yaml)
    assert isinstance(root, MappingNode)
    lines = yaml.splitlines()
    starts = [key.start_mark.line for key, _ in root.value] + [len(lines)]
    for (key, _), begin, end in zip(root.value, starts, starts[1:], strict=False):
        block = "\n".join(lines[begin:end])
        if editor.has(key.value):
            body = "\n" + "\n".join(lines[begin + 1 : end])
            editor.replace(
                editor.at(key.value),
                body.strip("\n") if editor.mapping(key.value).flow_style else body.lstrip("\n").lstrip(),
            )
        else:
            editor.add(editor.mapping(), block)
    return editor.text
