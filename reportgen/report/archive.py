"""What makes the PDF fit for archives and for everybody: PDF/A-3a and PDF/UA-1 in one file."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydyf import Stream

UA = "http://www.aiim.org/pdfua/ns/id/"
LINK = re.compile(r'<a href="#([^"]+)">([^<]+)</a>')

IDENTIFICATION = f"""
<rdf:Description xmlns:pdfuaid="{UA}" rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{UA}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""PDF/UA-1, and the description that PDF/A wants of every property not its own (ISO 19005-3, 6.6.2.3)."""
END = b"</rdf:RDF>"


def identify(document: Any) -> None:
    """Let the metadata say PDF/UA-1 beside PDF/A-3a.

    Why: WeasyPrint writes one of the two, and what is given as `xmp_metadata` stands outside of the RDF.
    """
    given = document.metadata.generate_rdf_metadata

    def with_both(variant: str, version: int, conformance: str) -> bytes:
        start, _, _ = given(variant, version, conformance).rpartition(END)
        return bytes(start) + IDENTIFICATION.encode() + END

    document.metadata.generate_rdf_metadata = with_both


def finisher(html: str) -> Callable[[Any, Any], None]:
    """Make the step that ends the writing: it says what table heads head, and where links lead, in words."""
    titles = {target: f"Go to: {text.strip()}" for target, text in LINK.findall(html)}

    def finish(_document: Any, pdf: Any) -> None:
        elements = {_reference(one): one for one in pdf.objects if isinstance(one, dict)}
        for one in elements.values():
            if one.get("S") == "/TH":
                one["A"]["Scope"] = "/Column" if _in_head(one, elements) else "/Row"
            elif one.get("Subtype") == "/Link" and "Dest" in one:
                target = one["Dest"].string
                one["Contents"] = type(one["Dest"])(titles.get(target, f"Go to {target}"))
        pdf.objects[:] = [Once(one) if isinstance(one, Stream) else one for one in pdf.objects]

    return finish


class Once(Stream):  # type: ignore[misc]
    """A stream put together and compressed once; it is written, and asked for again to make the file's identifier."""

    def __init__(self, of: Stream) -> None:
        super().__init__(of.stream, of.extra, of.compress)
        self.number, self.generation, self.free = of.number, of.generation, of.free
        self._data: bytes = of.data

    @property
    def data(self) -> bytes:
        """Give the stream with its dictionary, as it is written."""
        return self._data


def _reference(one: Any) -> Any:
    return one.reference


def _in_head(cell: Mapping[str, Any], elements: Mapping[Any, Mapping[str, Any]]) -> bool:
    row = elements[cell["P"]]
    return bool(elements[row["P"]]["S"] == "/THead")
