"""Conformance of the PDF with PDF/A-3a (archiving) and PDF/UA-1 (accessibility) in one file."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from reportgen.report.tagging.tables import merge_table_parts

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
"""PDF/UA-1, and the schema that PDF/A requires for properties outside its own (ISO 19005-3, 6.6.2.3)."""
RDF_END = b"</rdf:RDF>"


def declare_pdf_ua(document: Any) -> None:
    """Declare PDF/UA-1 beside PDF/A-3a in the metadata.

    Why: WeasyPrint writes one of the two, and puts `xmp_metadata` outside the RDF element.
    """
    write_metadata = document.metadata.generate_rdf_metadata

    def with_pdf_ua(variant: str, version: int, conformance: str) -> bytes:
        start, _, _ = write_metadata(variant, version, conformance).rpartition(RDF_END)
        return bytes(start) + PDF_UA_METADATA.encode() + RDF_END

    document.metadata.generate_rdf_metadata = with_pdf_ua


def accessibility_finisher(html: str) -> Callable[[Any, Any], None]:
    """Return WeasyPrint's `finisher`: one table for its parts on pages, scopes of headers, descriptions of links."""
    titles = {target: f"Go to: {text.strip()}" for target, text in INTERNAL_LINK.findall(html)}

    def finish(document: Any, pdf: Any) -> None:
        merge_table_parts(document, pdf)
        elements: dict[Any, Any] = {
            _reference(element): element for element in pdf.objects if isinstance(element, dict)
        }
        for element in elements.values():
            if element.get("S") == "/TH" and element.free != "f":
                element["A"]["Scope"] = "/Column" if _is_in_table_head(element, elements) else "/Row"
            elif element.get("Subtype") == "/Link" and "Dest" in element:
                target = element["Dest"].string
                element["Contents"] = type(element["Dest"])(titles.get(target, f"Go to {target}"))

    return finish


def _reference(element: Any) -> Any:
    return element.reference


def _is_in_table_head(cell: Mapping[str, Any], elements: Mapping[Any, Mapping[str, Any]]) -> bool:
    row = elements[cell["P"]]
    return bool(elements[row["P"]]["S"] == "/THead")
