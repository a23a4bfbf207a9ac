"""Hostile texts, one for each way in which a text became code somewhere, and the places of a case in which a text may stand."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

MARK = "zqxjkvwq"
"""Stands in every payload, so that it is found again in what was written."""
FORMULAS = (
    f'=1+1&"{MARK}"', f"+1+cmd|' /C {MARK}'!A0", f"-2+3+cmd|' /C {MARK}'!A0", f"@SUM(1+1)*cmd|' /C {MARK}'!A0", f'=HYPERLINK("https://{MARK}.test","x")',
    f'=WEBSERVICE("https://{MARK}.test")', f"=cmd|'/C calc'!{MARK}", f" =1+1 {MARK}", f"\t=1+1 {MARK}", f'=IMPORTXML("https://{MARK}.test","//a")',
    f"{{=1+1}} {MARK}", f"'=1+1 {MARK}", f'=DDE("cmd","/C {MARK}")', f"＝1+1 {MARK}", f"-{MARK}", f"+{MARK}", f"@{MARK}", f'=_xlfn.IMAGE("https://{MARK}.test")',
)  # fmt: skip
ESCAPES = (
    f"_x003D_1+1 {MARK}", f"_x0041_{MARK}", f"_x000D_{MARK}", f"_x005F_x0041_ {MARK}", f"_x0000_{MARK}", f"_xD800_{MARK}", f"&#x3D;1 {MARK}", f"&lt;b&gt;{MARK}",
    f"&{MARK};", f"%3Cscript%3E{MARK}", f"\\u003cscript\\u003e{MARK}", f"\\{MARK}\\",
)  # fmt: skip
MARKUP = (
    f"<script>{MARK}()</script>", f"</script><script>{MARK}()</script>", f"<img src=x onerror={MARK}()>", f"<svg onload={MARK}()>", f"<svg><script>{MARK}()</script></svg>",
    f'"><b id={MARK}>', f"'><b id='{MARK}'>", f'" onmouseover="{MARK}()" x="', f"' onfocus='{MARK}()' autofocus x='", f"<iframe src=https://{MARK}.test></iframe>",
    f"<a href=javascript:{MARK}()>x</a>", f"<link rel=stylesheet href=https://{MARK}.test>", f"<base href=https://{MARK}.test>", f"<meta http-equiv=refresh content=0;url=https://{MARK}.test>",
    f"<style>@import 'https://{MARK}.test'</style>", f"</style><b id={MARK}>", f"</title><b id={MARK}>", f"<!-- {MARK} --><b id={MARK}>", f"]]><b id={MARK}>", f"<![CDATA[<b id={MARK}>]]>",
    f'<?xml-stylesheet href="https://{MARK}.test"?>', f'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>{MARK}&b;', f'<xi:include href="file:///etc/{MARK}"/>',
    f"<object data=https://{MARK}.test></object>", f"<math><mtext></mtext><b id={MARK}>", f"<details open ontoggle={MARK}()>", f"<textarea><b id={MARK}>", f"</text></svg><b id={MARK}>",
)  # fmt: skip
STYLES = (
    f"url(https://{MARK}.test/a.png)", f"red;background:url(https://{MARK}.test)", f"}} body {{ background: url(https://{MARK}.test)", f"@import url(https://{MARK}.test);", f"expression({MARK}())",
    f"\\75rl(https://{MARK}.test)", f"javascript:{MARK}()", f"data:text/html,<b>{MARK}", f"file:///etc/{MARK}", f"https://{MARK}.test/ and //{MARK}.test/",
)  # fmt: skip
TEMPLATES = (
    f"{{{{ 7*7 }}}}{MARK}", f"{{% for a in range(9) %}}{MARK}{{% endfor %}}", f"{{# {MARK} #}}", f"{{{{ ''.__class__.__mro__ }}}}{MARK}", f"${{7*7}}{MARK}", f"#{{7*7}}{MARK}", f"<%= 7*7 %>{MARK}",
    f"%s %d %(a)s {{0}} {{a}} {MARK}", f"$(id) `id` {MARK}", f"{{{MARK}!r:>99999999}}",
)  # fmt: skip
PAPERS = (
    f") /JS ({MARK}) /S /JavaScript (", f"(>>endobj 1 0 obj<</S/JavaScript/JS({MARK})>>endobj", f"/URI (https://{MARK}.test)", f"\\) {MARK} \\(", f"<</OpenAction {MARK}>>", f"endstream endobj {MARK}",
)  # fmt: skip
CHARACTERS = (
    f"\u202e{MARK}\u202c", f"\u2066{MARK}\u2069", f"\u200b{MARK}\ufeff", f"{MARK}\x00", f"{MARK}\x1b[31m", f"{MARK}\ud800", f"{MARK}\ufffe", f"{MARK}\u2028b", f"{MARK}\U0001f4a9\u0301\u0301",
    f"{MARK}\r\n=1+1", f"{MARK}\x7f", f"{MARK}\x85",
)  # fmt: skip
PATHS = (
    f"../../../../etc/{MARK}",
    f"/etc/{MARK}",
    f"..\\..\\{MARK}",
    f"C:\\{MARK}",
    f"~/{MARK}",
    f"{MARK}/../../x",
    f"{MARK}|a",
    f"con.{MARK}",
)
LONG = (f"{MARK}{'x' * 40_000}", f"{MARK}{'é' * 5_000}", f"{MARK} {'word ' * 400}")
PAYLOADS = (*FORMULAS, *ESCAPES, *MARKUP, *STYLES, *TEMPLATES, *PAPERS, *CHARACTERS, *PATHS, *LONG)
Place = tuple[str | int, ...]


def text_places(data: Any, schema: dict[str, Any], place: Place = ()) -> Iterator[Place]:
    """Yield every place of a case's data in which its schema lets a free text stand: no choice, no day, no pattern."""
    schemas = [*_alternatives(schema, schema)]
    yield from _below(data, schemas, schema, place)


def _below(data: Any, schemas: list[dict[str, Any]], root: dict[str, Any], place: Place) -> Iterator[Place]:
    match data:
        case dict():
            for key, part in data.items():
                found = [one["properties"][key] for one in schemas if key in one.get("properties", {})]
                found += [
                    one["additionalProperties"]
                    for one in schemas
                    if isinstance(one.get("additionalProperties"), dict)
                ]
                found += [inner for one in schemas for inner in one.get("patternProperties", {}).values()]
                yield from _below(
                    part, [o for one in found for o in _alternatives(one, root)], root, (*place, key)
                )
        case list():
            found = [one["items"] for one in schemas if isinstance(one.get("items"), dict)]
            for number, part in enumerate(data):
                yield from _below(
                    part, [o for one in found for o in _alternatives(one, root)], root, (*place, number)
                )
        case str() if any(_is_free(one) for one in schemas):
            yield place


def _alternatives(schema: dict[str, Any], root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a schema with its references and alternatives resolved."""
    if "$ref" in schema:
        found = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        yield from _alternatives(found, root)
    for key in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(key, ()):
            yield from _alternatives(one, root)
    yield schema


def _is_free(schema: dict[str, Any]) -> bool:
    kinds = schema.get("type", ())
    return "string" in ([kinds] if isinstance(kinds, str) else kinds) and not schema.keys() & {
        "enum",
        "const",
        "pattern",
        "format",
    }


def at(data: Any, place: Place) -> Any:
    """Return the part of a case's data at a place."""
    for part in place:
        data = data[part]
    return data


def with_texts(data: Any, texts: dict[Place, str]) -> Any:
    """Return a copy of a case's data with other texts at some places."""
    data = deepcopy(data)
    for place, text in texts.items():
        at(data, place[:-1])[place[-1]] = text
    return data


def free_text_fields(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield definition and name of every field of a schema that lets a free text stand."""
    for name, definition in (("", schema), *schema["$defs"].items()):
        for field, one in definition.get("properties", {}).items():
            if any(_is_free(part) for part in _alternatives(one, schema)):
                yield name, field
