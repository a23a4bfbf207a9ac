"""LibreOffice recalculates a workbook without reaching any server that the workbook names."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from reportgen.workbook.package import libreoffice
from reportgen.workbook.package.libreoffice import convert, find_libreoffice

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_libreoffice() is None, reason="LibreOffice is not installed: sh .ci/setup test installs it"
    ),
]


@contextmanager
def counting_server(asked: list[str]) -> Iterator[str]:
    """Serve nothing on this machine, and note what is asked for; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  names of the library

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fetching(folder: Path, server: str) -> Path:
    """Write a workbook with a formula that asks a server, and a picture that lies there."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"] = f'=_xlfn.WEBSERVICE("{server}/formula")', "=1+1"
    book.save(folder / "plain.xlsx")
    path = folder / "fetching.xlsx"
    with ZipFile(folder / "plain.xlsx") as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
                text = text.replace(
                    "</worksheet>", f'<drawing xmlns:r="{relation}" r:id="rId9"/></worksheet>'
                )
            new.writestr(name, text)
        for name, text in DRAWING.items():
            new.writestr(name, text.replace("SERVER", server))
    return path


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = {
    "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId9" '
    f'Type="{RELATIONS}/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
    "xl/drawings/_rels/drawing1.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/image" Target="SERVER/picture.png" TargetMode="External"/></Relationships>',
    "xl/drawings/drawing1.xml": '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col>'
    "<xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    '<xdr:ext cx="99999" cy="99999"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="p"/><xdr:cNvPicPr/></xdr:nvPicPr>'
    f'<xdr:blipFill><a:blip xmlns:r="{RELATIONS}" r:link="rId1"/></xdr:blipFill><xdr:spPr/></xdr:pic><xdr:clientData/>'
    "</xdr:oneCellAnchor></xdr:wsDr>",
}


@pytest.mark.parametrize("own_network", [True, False], ids=["the system's way", "the proxy alone"])
def test_no_server_is_asked(own_network: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The formula of the sheet is computed; its server sees no request, with the network taken away and without."""
    if not own_network:
        monkeypatch.setattr(libreoffice, "_without_network", lambda: ())
    asked: list[str] = []
    with counting_server(asked) as server:
        again = convert(fetching(tmp_path, server), tmp_path / "out", "xlsx")
    assert load_workbook(again, data_only=True).worksheets[0]["A2"].value == 2
    assert asked == []
