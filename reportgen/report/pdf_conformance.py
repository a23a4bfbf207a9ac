"""What makes the PDF fit for archives and for everybody: PDF/A-3a and PDF/UA-1 in one file."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydyf import Stream

PDF_UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
INTERNAL_LINK = re.compile(r'<a href="#([^"]+)">([^<]+)</a>')

PDF_UA_METADATA = f"""
<rdf:Description xmlns:pdfuaid="{PDF_UA_NAMESPACE}" rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PDF_UA_NAMESPACE}</pdfaSchema:namespaceURI>
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
RDF_END = b"</rdf:RDF>"


def declare_pdf_ua(document: Any) -> None:
    """Let the metadata say PDF/UA-1 beside PDF/A-3a.

    Why: WeasyPrint writes one of the two, and what is given as `xmp_metadata` stands outside of the RDF.
    """
    write_metadata = document.metadata.generate_rdf_metadata

    def with_pdf_ua(variant: str, version: int, conformance: str) -> bytes:
        start, _, _ = write_metadata(variant, version, conformance).rpartition(RDF_END)
        return bytes(start) + PDF_UA_METADATA.encode() + RDF_END

    document.metadata.generate_rdf_metadata = with_pdf_ua


def accessibility_finisher(html: str) -> Callable[[Any, Any], None]:
    """Make the step that ends the writing: it says what table heads head, and where links lead, in words."""
    titles = {target: f"Go to: {text.strip()}" for target, text in INTERNAL_LINK.findall(html)}

    def finish(_document: Any, pdf: Any) -> None:
        elements = {_reference(element): element for element in pdf.objects if isinstance(element, dict)}
        for element in elements.values():
            if element.get("S") == "/TH":
                element["A"]["Scope"] = "/Column" if _is_in_table_head(element, elements) else "/Row"
            elif element.get("Subtype") == "/Link" and "Dest" in element:
                target = element["Dest"].string
                element["Contents"] = type(element["Dest"])(titles.get(target, f"Go to {target}"))
        pdf.objects[:] = [
            CachedStream(element) if isinstance(element, Stream) else element for element in pdf.objects
        ]

    return finish


class CachedStream(Stream):  # type: ignore[misc]
    """A stream put together and compressed once; it is written, and asked for again to make the file's identifier."""

    def __init__(self, of: Stream) -> None:
        super().__init__(of.stream, of.extra, of.compress)
        self.number, self.generation, self.free = of.number, of.generation, of.free
        self._data: bytes = of.data

    @property
    def data(self) -> bytes:
        """Give the stream with its dictionary, as it is written."""
        return self._data


def _reference(element: Any) -> Any:
    return element.reference


def _is_in_table_head(cell: Mapping[str, Any], elements: Mapping[Any, Mapping[str, Any]]) -> bool:
    row = elements[cell["P"]]
    return bool(elements[row["P"]]["S"] == "/THead")
