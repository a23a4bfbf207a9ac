"""The live parts of the web page of a case: its scripts, made from the model and from the templates of live/."""

from reportgen.analysis import Analysis
from reportgen.live.contents import contents, page_layout, variables
from reportgen.live.script import data, model_script
from reportgen.live.split import tables
from reportgen.report.folders import Folders
from reportgen.report.live import LiveParts
from reportgen.report.paper import Paper
from reportgen.report.views.context import ViewContext

ENGINE = ("model.js", "futures.js")
APP = ("format.js", "charts.js", "exhibits.js", "split_table.js", "controls.js", "page.js")


def live_parts(analysis: Analysis, paper: Paper, folders: Folders) -> LiveParts:
    """Write the scripts of a case's page: the model, and what shows it."""
    layout, values = page_layout(analysis)
    split = analysis.split
    engine = [
        _source(folders, "functions.js"),
        model_script(layout, values, analysis.runs),
        f"const VARIABLES={data(variables(analysis, layout))};\n",
        f"const SPLIT={data(tables(split, analysis.runs, layout) if split else None)};\n",
        *(_source(folders, name) for name in (*ENGINE, *(("split.js",) if split else ()))),
    ]
    case = data(contents(analysis, ViewContext.from_paper(paper), layout))
    # In a function of its own: classic scripts share one scope, and names of the model are none of the page's
    app = [
        '(() => {\n"use strict";\n',
        f"const CASE={case};\n",
        *(_source(folders, name) for name in APP),
        "})();\n",
    ]
    return LiveParts("".join(engine), "".join(app), _source(folders, "worker.js"))


def _source(folders: Folders, name: str) -> str:
    return folders.read(f"live/{name}")
