"""Values of settings: one that must not be shown, one that is a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload


class Secret:
    """Text that tracebacks and logs do not show; `str()` gives it."""

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return f"{type(self).__name__}('**********')"

    def __str__(self) -> str:
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)


class CommaSeparatedStrings(Sequence[str]):
    """The strings in `value`: a sequence, or text such as `a, "b, c"`, quoted as in a shell.

    Raises `ValueError` where a quotation is not closed.
    """

    def __init__(self, value: str | Sequence[str]) -> None:
        self._items = split_at_commas(value) if isinstance(value, str) else list(value)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._items!r})"

    def __str__(self) -> str:
        return ", ".join(map(repr, self._items))


def split_at_commas(text: str) -> list[str]:
    """The parts of `text` between commas, without the blanks around them and without quotes."""
    import shlex  # noqa: PLC0415 - few need it

    reader = shlex.shlex(text, posix=True)
    reader.whitespace = ","
    reader.whitespace_split = True
    return [part.strip() for part in reader]
