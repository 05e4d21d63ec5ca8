"""The examples about testing are tests themselves; here they are collected."""

from docs_src.testing.coroutines import (
    test_echo_is_loud as test_echo_in_a_coroutine,
)
from docs_src.testing.coroutines import (
    test_notes_are_kept as test_notes_in_a_coroutine,
)
from docs_src.testing.plain import (
    test_an_empty_note_is_refused,
    test_echo_is_loud,
    test_notes_are_kept,
    test_numbers_come_one_by_one,
)

__all__ = [
    "test_an_empty_note_is_refused",
    "test_echo_in_a_coroutine",
    "test_echo_is_loud",
    "test_notes_are_kept",
    "test_notes_in_a_coroutine",
    "test_numbers_come_one_by_one",
]
