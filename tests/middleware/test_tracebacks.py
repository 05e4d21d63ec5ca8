"""Tracebacks as text and as a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fastapi_lite.middleware.tracebacks import CAUSE, CONTEXT, render_html, render_text


def caught(function: Callable[[], None]) -> Exception:
    """What `function` raises."""
    with pytest.raises(Exception) as info:  # noqa: PT011 - any
        function()
    return info.value


def fail() -> None:
    raise ValueError("<script>alert(1)</script>")


def test_text_is_that_of_the_interpreter() -> None:
    text = render_text(caught(fail))
    assert text.startswith("Traceback (most recent call last):\n")
    assert text.endswith("ValueError: <script>alert(1)</script>\n")


def test_page_escapes_the_message() -> None:
    page = render_html(caught(fail))
    assert "<b>ValueError</b>: &lt;script&gt;" in page
    assert "<script>" not in page


def test_page_marks_the_line_that_ran_and_opens_its_frame() -> None:
    page = render_html(caught(fail))
    assert "<li><mark>    raise ValueError(" in page
    assert page.count("<details open>") == 1


@pytest.mark.parametrize("limit", [1, 3])
def test_page_has_so_many_lines_of_each_frame(limit: int) -> None:
    exc = caught(fail)
    frames = render_text(exc).count("  File ")
    assert render_html(exc, limit).count("<li>") == limit * frames


def test_page_shows_the_cause() -> None:
    def wrap() -> None:
        try:
            fail()
        except ValueError as exc:
            raise KeyError("second") from exc

    page = render_html(caught(wrap))
    assert page.index("ValueError") < page.index(CAUSE)


def test_page_shows_the_context() -> None:
    def fail_twice() -> None:
        try:
            fail()
        finally:
            raise KeyError("second")

    assert CONTEXT in render_html(caught(fail_twice))


def test_page_leaves_out_a_suppressed_context() -> None:
    def replace() -> None:
        try:
            fail()
        except ValueError:
            raise KeyError("second") from None

    assert "ValueError" not in render_html(caught(replace)).split("As text")[0].split("<h2>")[0]
    assert CONTEXT not in render_html(caught(replace))


def test_page_shows_each_exception_of_a_group() -> None:
    def group() -> None:
        raise ExceptionGroup("several", [ValueError("one"), KeyError("two")])

    page = render_html(caught(group))
    assert "<b>ValueError</b>: one" in page
    assert "<b>KeyError</b>" in page
