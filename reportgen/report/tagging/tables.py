"""Tables that run over pages as one table each in the structure tree of the PDF.

Why: WeasyPrint tags every page's part as a table of its own, so that a reader who listens meets many small ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydyf import Dictionary, Stream

NULL = "null"
"""What stands in the parent tree for marked content that belongs to no element."""
FREE = "f"
"""The state of an object that is not written."""


def merge_table_parts(document: Any, pdf: Any) -> None:
    """Merge the parts of every table into its first one; headings that a page repeats become artefacts."""
    tree = _StructureTree(pdf)
    for parts in _tables(document, tree):
        first, *others = parts
        for part in others:
            tree.merge(first, part)


def _tables(document: Any, tree: "_StructureTree") -> list[list[Any]]:
    """Return the structure elements of every table in the order of the pages."""
    parts: dict[int, list[Any]] = {}
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001  boxes are not public
            if box.element_tag == "table" and getattr(box, "is_table_wrapper", False):
                table = tree.table_of(box)
                if table is not None:
                    parts.setdefault(id(box.element), []).append(table)
    return list(parts.values())


class _StructureTree:
    """The structure elements of a PDF by reference, and what hangs on them."""

    def __init__(self, pdf: Any) -> None:
        self.elements: dict[Any, Any] = {
            one.reference: one for one in pdf.objects if isinstance(one, Dictionary)
        }
        self.streams = {one.reference: one for one in pdf.objects if isinstance(one, Stream)}
        root = self.elements[pdf.catalog["StructTreeRoot"]]
        numbers = self.elements[root["ParentTree"]]["Nums"]
        self.parents = dict(zip(numbers[::2], numbers[1::2], strict=True))

    def table_of(self, box: Any) -> Any:
        """Return the structure element of a table's box; None where no cell of it is tagged."""
        cells = (one for one in box.descendants() if one.element_tag in ("td", "th"))
        element = next((mark for cell in cells if (mark := getattr(cell, "mark", None)) is not None), None)
        while element is not None and element["S"] != "/Table":
            element = self.elements.get(element["P"])
        return element

    def merge(self, first: Any, part: Any) -> None:
        """Move the rows of a part behind those of the first one, and take the part out."""
        heads = [one for one in self._children(part) if one["S"] == "/THead"]
        own = [one for one in self._children(first) if one["S"] == "/THead"]
        renamed = self._headings(heads, own)
        for head in heads:
            if own:
                self._remove(head)
            else:
                self._append(first, head)
        for child in [one for one in self._children(part) if one.free != FREE and one["P"] == part.reference]:
            self._append(first, child)
        for cell in self._descendants(first):
            headers = cell["A"].get("Headers") if cell["S"] == "/TD" else None
            if headers:
                headers[:] = [renamed.get(one.string, one) for one in headers]
        self._detach(part)

    def _headings(self, heads: Sequence[Any], own: Sequence[Any]) -> dict[str, Any]:
        """Map the id of every repeated heading to that of the heading that it repeats."""
        pairs = zip(self._cells(heads), self._cells(own), strict=False)
        return {one["ID"].string: other["ID"] for one, other in pairs if "ID" in one and "ID" in other}

    def _cells(self, heads: Sequence[Any]) -> Iterator[Any]:
        for head in heads:
            yield from (one for one in self._descendants(head) if one["S"] == "/TH")

    def _children(self, element: Mapping[str, Any]) -> list[Any]:
        return [
            self.elements[one] for one in element["K"] if one in self.elements and "S" in self.elements[one]
        ]

    def _descendants(self, element: Mapping[str, Any]) -> Iterator[Any]:
        for child in self._children(element):
            yield child
            yield from self._descendants(child)

    def _append(self, table: Any, group: Any) -> None:
        """Append a group of rows to a table: the rows of a body to its last body."""
        last = self._children(table)[-1]
        target, moved = (
            (last, self._children(group)) if last["S"] == group["S"] == "/TBody" else (table, [group])
        )
        for one in moved:
            one["P"] = target.reference
            target["K"].append(one.reference)
        if target is last:
            group.free = FREE

    def _remove(self, element: Any) -> None:
        """Take an element with all below it out of the tree; its marked content becomes an artefact."""
        for child in (element, *self._descendants(element)):
            page = self.elements[child["Pg"]]
            for mcid in [one for one in child["K"] if isinstance(one, int)]:
                self._make_artefact(page, mcid)
        for child in [element, *self._descendants(element)]:
            child.free = FREE
        self.elements[element["P"]]["K"].remove(element.reference)

    def _make_artefact(self, page: Any, mcid: int) -> None:
        operators = self.streams[page["Contents"]].stream
        for place, operator in enumerate(operators):
            if isinstance(operator, Dictionary) and operator.get("MCID") == mcid:
                operators[place - 1 : place + 2] = ["/Artifact", b"BMC"]
                break
        self.parents[page["StructParents"]][mcid] = NULL

    def _detach(self, element: Any) -> None:
        """Take an element out of the tree, and every ancestor that is left empty."""
        parent = self.elements[element["P"]]
        parent["K"].remove(element.reference)
        element.free = FREE
        if not parent["K"] and "P" in parent:
            self._detach(parent)
