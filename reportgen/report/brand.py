"""A brand at work: its files read, its colours of options, and its style sheet."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from reportgen.colour import contrast
from reportgen.report.charts.drawing.palette import MINIMUM_CONTRAST, PAPER, tint
from reportgen.report.paper import FontFace, Logo, Look
from reportgen.runtime.records import dataclass
from reportgen.schema.appearance.brand import Brand
from reportgen.schema.checks.font_files import FontFile, font_files

ACCENT_TINT = 0.09
"""Share of the accent in the tint of what is asked and of the recommended option's column."""

SOFT, SOFTER = 0.18, 0.45
"""Shares of the band's colour in its lines of text and in its small heading, at most."""


@dataclass(frozen=True, slots=True)
class LocatedBrand:
    """A brand, and the folder that its files lie in."""

    brand: Brand
    folder: Path

    @property
    def look(self) -> Look:
        """Read the fonts, and return what the style sheet is made from."""
        brand = self.brand
        files = font_files(self.folder / brand.fonts) if brand.fonts else ()
        text = brand.text_font or (files[0].family if files else "")
        return Look(
            brand.band or "", brand.titles or "", brand.accent or "",
            text, brand.title_font or text, tuple(_face(file) for file in files),
        )  # fmt: skip

    @property
    def logo(self) -> Logo | None:
        """Read the logo."""
        return read_logo(self.folder / self.brand.logo) if self.brand.logo else None

    def colours(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the brand's colours of options, by the options' keys in the case's order."""
        return dict(zip(keys, self.brand.options, strict=False))


def read_logo(file: Path) -> Logo:
    """Read a logo, which was checked before."""
    kind: Literal["image/png", "image/svg+xml"] = (
        "image/png" if file.suffix.lower() == ".png" else "image/svg+xml"
    )
    return Logo(kind, file.read_bytes())


def brand_style(look: Look) -> str:
    """Return the style sheet of a brand, which goes after ours; empty without a brand."""
    variables: dict[str, str] = {}
    if look.band:
        variables |= {
            "--navy": look.band,
            "--band-text": _readable_on(look.band, SOFT),
            "--band-kicker": _readable_on(look.band, SOFTER),
            "--band-rule": tint(look.band, 1 - SOFTER),
        }
    if look.titles:
        variables["--titles"] = look.titles
    if look.accent:
        variables |= {"--accent": look.accent, "--tint": tint(look.accent, ACCENT_TINT)}
    if look.text_font:
        variables |= {"--text-font": _quoted(look.text_font), "--title-font": _quoted(look.title_font)}
    if not variables:
        return ""
    faces = [
        f"@font-face {{ font-family: {_quoted(face.family)}; font-weight: {face.weight}; "
        f"font-style: {'italic' if face.italic else 'normal'}; src: url({face.url}); }}"
        for face in look.fonts
    ]
    return "\n".join(
        [*faces, f":root {{ {' '.join(f'{name}: {value};' for name, value in variables.items())} }}"]
    )


def _readable_on(band: str, share: float) -> str:
    """Return white mixed with as much of the band's colour as leaves the contrast of text, a share at most."""
    while share > 0 and contrast(tint(band, share), band) < MINIMUM_CONTRAST:
        share -= 0.05
    return tint(band, share) if share > 0 else PAPER


def _face(file: FontFile) -> FontFace:
    kind: Literal["font/ttf", "font/otf"] = "font/ttf" if file.path.suffix.lower() == ".ttf" else "font/otf"
    return FontFace(file.family, file.weight, file.italic, kind, file.path.read_bytes())


def _quoted(family: str) -> str:
    escaped = family.replace("\\", "").replace('"', "").replace("\n", " ")
    return f'"{escaped}"'
