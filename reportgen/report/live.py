"""The live parts that a web page takes in: scripts as text, run under a policy that names their hashes."""

import re
from base64 import b64encode
from hashlib import sha256

from reportgen.runtime.records import dataclass

STYLE_ATTRIBUTE = re.compile(r' style="([^"]*)"')
POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")[^"]*(")')
STYLE_ELEMENT = re.compile(r"<style>(.*?)</style>", re.DOTALL)
SCROLL = re.compile(r'<div class="scroll( whole| rows)?">')
CHART = re.compile(r'<div class="chart">')


@dataclass(frozen=True, slots=True)
class LiveParts:
    """The scripts of a live page: the model, the page's own, and the worker's, which is text until it is started."""

    engine: str
    app: str
    worker: str

    @property
    def html(self) -> str:
        """Return the script elements."""
        return (
            f'<script id="worker-source" type="text/plain">{self.worker}</script>\n'
            f'<script id="engine">{self.engine}</script>\n<script>{self.app}</script>\n'
        )

    @property
    def hashes(self) -> tuple[str, ...]:
        """Return the hashes of the scripts that run."""
        return digest(self.engine), digest(self.app)


@dataclass(frozen=True, slots=True)
class SingleScript:
    """The one script of a page without a model."""

    source: str

    @property
    def html(self) -> str:
        """Return the script element."""
        return f"<script>{self.source}</script>\n"

    @property
    def hashes(self) -> tuple[str, ...]:
        """Return the hash of the script."""
        return (digest(self.source),)


Scripts = LiveParts | SingleScript


def digest(text: str) -> str:
    """Return the hash of a script or a style as a policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def without_style_attributes(html: str) -> str:
    """Move what stands in style attributes into the style sheet, because a policy of hashes forbids them."""
    rules: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        name = rules.setdefault(found[1], f"s{len(rules)}")
        return f' data-style="{name}"'

    head, end, body = html.partition("</style>")
    body = STYLE_ATTRIBUTE.sub(named, body)
    added = "\n".join(f'[data-style="{name}"] {{ {rule} }}' for rule, name in rules.items())
    return f"{head}\n{added}\n{end}{body}"


def with_policy(html: str, live: Scripts | None) -> str:
    """Write the policy of the page: nothing is loaded, and only these styles and scripts apply."""
    styles = " ".join(digest(style) for style in STYLE_ELEMENT.findall(html))
    parts = [
        "default-src 'none'",
        f"style-src {styles}",
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if live:
        parts += [f"script-src {' '.join(live.hashes)}", "worker-src blob:"]
    policy = "; ".join(parts)
    return POLICY.sub(lambda found: f"{found[1]}{policy}{found[2]}", html, count=1)


def with_reachable_scrolling(html: str) -> str:
    """Make what scrolls sideways reachable by keyboard, and give it a name."""
    html = SCROLL.sub(
        r'<div class="scroll\1" tabindex="0" role="group" aria-label="Table, scrolls sideways">', html
    )
    return CHART.sub(
        '<div class="chart" tabindex="0" role="group" aria-label="Chart, scrolls sideways">', html
    )
