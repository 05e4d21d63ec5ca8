"""An exception as its developer wants to read it, in text or as a page."""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Iterator
from html import escape
from traceback import FrameSummary, TracebackException

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }}
h1 {{ font-size: 1.3rem; overflow-wrap: anywhere }}
h2 {{ font-size: 1rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere }}
summary {{ cursor: pointer; padding: .25rem 0 }}
summary b, h1 b, h2 b {{ color: #a8231d }}
ol, pre {{ background: #f4f4f2; font: 13px/1.5 ui-monospace, monospace; overflow-x: auto }}
ol {{ margin: 0 0 .5rem; padding: .5rem 0 .5rem 4rem; white-space: pre }}
pre {{ padding: 1rem }}
mark {{ background: #ffe29a }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #1b1b1d; color: #ddd }}
  ol, pre {{ background: #26262a }}
  mark {{ background: #5c4a12; color: inherit }}
  summary b, h1 b, h2 b {{ color: #ff8a80 }}
}}
</style>
</head>
<body>
<h1>{headline}</h1>
{stacks}
<details><summary>As text</summary><pre>{text}</pre></details>
<p>This page is shown because the application runs with <code>debug=True</code>.</p>
</body>
</html>
"""

CAUSE = "The above exception was the direct cause of the following one:"
CONTEXT = "While the above exception was handled, the following one occurred:"


def render_text(exc: BaseException) -> str:
    """The traceback as the interpreter prints it."""
    return "".join(traceback.format_exception(exc))


def render_html(exc: BaseException, limit: int = 7) -> str:
    """A page with every frame and `limit` lines of source around the one that ran.

    It shows no values of variables: they may be secrets.
    """
    summary = TracebackException.from_exception(exc)
    title, headline = name_exception(summary)
    return PAGE.format(
        title=title,
        headline=headline,
        stacks="\n".join(render_stacks(summary, limit)),
        text=escape(render_text(exc)),
    )


def render_stacks(summary: TracebackException, limit: int) -> Iterator[str]:
    """The frames of what led to an exception, of the exception, and of those that it groups."""
    if summary.__cause__ is not None:
        yield from render_stacks(summary.__cause__, limit)
        yield f"<p>{CAUSE}</p>"
    elif summary.__context__ is not None and not summary.__suppress_context__:
        yield from render_stacks(summary.__context__, limit)
        yield f"<p>{CONTEXT}</p>"
    yield f"<h2>{name_exception(summary)[1]}</h2>"
    for depth, frame in enumerate(summary.stack, start=1):
        yield render_frame(frame, limit, opened=depth == len(summary.stack))
    for grouped in summary.exceptions or ():
        yield from render_stacks(grouped, limit)


def render_frame(frame: FrameSummary, limit: int, *, opened: bool) -> str:
    """One frame, folded unless `opened`, with the lines around the one that ran."""
    current = frame.lineno or 0
    first = max(1, current - limit // 2)
    source = [linecache.getline(frame.filename, n).rstrip() for n in range(first, first + limit)]
    lines = [escape(line) for line in source]
    lines[current - first] = f"<mark>{lines[current - first]}</mark>"
    items = "".join(f"<li>{line}</li>" for line in lines)
    place = f"{escape(frame.filename)}, line <b>{current}</b>, in <b>{escape(frame.name)}</b>"
    listing = f'<ol start="{first}">{items}</ol>'
    return f"<details{' open' * opened}><summary>{place}</summary>{listing}</details>"


def name_exception(summary: TracebackException) -> tuple[str, str]:
    """The exception in one line, as plain and as marked-up HTML."""
    line = "".join(summary.format_exception_only()).strip()
    kind, colon, message = line.partition(":")
    return escape(line), f"<b>{escape(kind)}</b>{colon}{escape(message)}"
