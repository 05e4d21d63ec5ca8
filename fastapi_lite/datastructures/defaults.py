"""A value that stands where nobody gave one."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar, cast

DefaultType = TypeVar("DefaultType")


class DefaultPlaceholder:
    """Wraps a default, so that it differs from the same value given on purpose."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, DefaultPlaceholder):
            return bool(self.value == other.value)
        return NotImplemented

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # as its value may be

    def __repr__(self) -> str:
        return f"Default({self.value!r})"


def Default(value: DefaultType) -> DefaultType:  # noqa: N802 - FastAPI's name
    """Mark `value` as not given; type checkers see its own type."""
    return cast(DefaultType, DefaultPlaceholder(value))
