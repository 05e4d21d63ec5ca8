"""Bars as a picture (SVG), which is readable on a light page and on a dark one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from benchmarks.report import number

WIDTH, MARGIN, GAP = 860, 12, 36
"""Pixels: of the picture, around it, between the panels."""
COLUMNS = 2
PANEL = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
NAMES, NUMBERS = 150, 54
"""What a panel keeps for the names on the left of the bars, and the figures on their right."""
ROW, HEADING, BETWEEN = 18, 26, 22
"""The heights of a bar with its space, of a panel's title, and of the space below a panel."""
TOP = 84
"""Where the panels begin: below the title, what it says, and the legend."""

COLOURS = {
    "ours": ("#00796b", "#4db6ac"),
    "others": ("#90a4ae", "#78909c"),
    "limit": ("#ffb300", "#ffca28"),
}
"""Of each kind of bar, on light and on dark."""

STYLE = """
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #212121; }
.title { font-size: 17px; font-weight: 600; }
.panel { font-size: 13px; font-weight: 600; }
.quiet { fill: #616161; }
.name { text-anchor: end; }
.strong { font-weight: 600; }
"""
STYLE_IN_THE_DARK = """
text { fill: #eeeeee; }
.quiet { fill: #b0b0b0; }
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """As long as `value` says, in the colour of its kind."""

    name: str
    value: float
    kind: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars of one scale, below each other."""

    title: str
    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        """With the space below it."""
        return HEADING + ROW * len(self.bars) + BETWEEN


def draw(title: str, says: str, legend: Mapping[str, str], panels: Sequence[Panel]) -> str:
    """The picture; `legend` has what each kind of bar is."""
    rows = [panels[at : at + COLUMNS] for at in range(0, len(panels), COLUMNS)]
    heights = [max(panel.height for panel in row) for row in rows]
    height = TOP + sum(heights)
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(says)}</desc>",
        f"<style>{style()}</style>",
        text(MARGIN, 24, title, "title"),
        text(MARGIN, 44, says, "quiet"),
        *draw_legend(legend),
    ]
    for index, row in enumerate(rows):
        for column, panel in enumerate(row):
            x = MARGIN + column * (PANEL + GAP)
            lines += draw_panel(x, TOP + sum(heights[:index]), panel)
    return "\n".join([*lines, "</svg>"]) + "\n"


def style() -> str:
    """The colours of both kinds of page."""
    light = "".join(f".{kind} {{ fill: {colour}; }}\n" for kind, (colour, _) in COLOURS.items())
    dark = "".join(f".{kind} {{ fill: {colour}; }}\n" for kind, (_, colour) in COLOURS.items())
    in_the_dark = f"@media (prefers-color-scheme: dark) {{{STYLE_IN_THE_DARK}{dark}}}\n"
    return STYLE + light + in_the_dark


def draw_legend(legend: Mapping[str, str]) -> Iterator[str]:
    """A square of each colour, with what it means."""
    x = float(MARGIN)
    for kind, meaning in legend.items():
        yield f'<rect x="{x:g}" y="55" width="12" height="12" rx="2" class="{kind}"/>'
        yield text(x + 18, 65, meaning)
        x += 18 + 7 * len(meaning) + 20


def draw_panel(x: float, y: float, panel: Panel) -> Iterator[str]:
    """Its title, and its bars with their names and figures."""
    yield text(x, y + 14, panel.title, "panel")
    longest = max(bar.value for bar in panel.bars)
    for index, bar in enumerate(panel.bars):
        top = y + HEADING + index * ROW
        length = max(1, (PANEL - NAMES - NUMBERS) * bar.value / longest)
        strong = " strong" if bar.kind == "ours" else ""
        yield text(x + NAMES - 6, top + 10, bar.name, f"name{strong}")
        yield (
            f'<rect x="{x + NAMES:g}" y="{top:g}" width="{length:.1f}" height="{ROW - 5}" '
            f'rx="2" class="{bar.kind}"/>'
        )
        yield text(round(x + NAMES + length + 5, 1), top + 10, number(bar.value), strong.strip())


def text(x: float, y: float, content: str, kind: str = "") -> str:
    """Words that stay words: they can be found and read aloud."""
    of_kind = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{of_kind}>{escape(content)}</text>'


def panel_of(
    title: str, figures: Mapping[str, float], kinds: Mapping[str, str], *, descending: bool = False
) -> Panel:
    """A bar for each figure, the best first; who is not in `kinds` is one of the others."""
    ordered: Iterable[tuple[str, float]] = sorted(
        figures.items(), key=lambda one: one[1], reverse=descending
    )
    return Panel(title, [Bar(who, value, kinds.get(who, "others")) for who, value in ordered])
