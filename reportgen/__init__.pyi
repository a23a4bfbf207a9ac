from reportgen.library import LoadedCase as LoadedCase
from reportgen.library import Result as Result
from reportgen.library import Sweep as Sweep
from reportgen.library import build as build
from reportgen.library import evaluate as evaluate
from reportgen.library import load as load
from reportgen.library import sweep as sweep

__version__: str
