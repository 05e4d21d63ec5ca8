"""What a parameter in a path may look like, and the Python value it stands for."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


class Convertor(Generic[T]):
    """Base of the kinds of path parameters: `{name:kind}`.

    `regex` is what the text looks like, as a whole. A `ValueError` of `convert` says that the text is none of
    this kind after all, so that the path does not match.
    """

    regex: ClassVar[str] = ""

    def convert(self, value: str) -> T:
        """The value that the text `value` stands for."""
        raise NotImplementedError

    def to_string(self, value: T) -> str:
        """The text for `value`. Raises `UnfitValueError` when no path could carry it."""
        raise NotImplementedError


class UnfitValueError(ValueError, AssertionError):
    """A value that cannot stand in a path; an `AssertionError` too, which is what Starlette raises."""


class StringConvertor(Convertor[str]):
    """`str`: any text without a slash, at least one character."""

    regex = "[^/]+"

    def convert(self, value: str) -> str:
        """The text itself."""
        return value

    def to_string(self, value: str) -> str:
        """The text itself, if it has no slash and is not empty."""
        text = str(value)
        if not text:
            raise UnfitValueError("Must not be empty: a path parameter needs a character at least.")
        if "/" in text:
            raise UnfitValueError(f"May not contain path separators: {text!r}. Use `path` instead.")
        return text


class PathConvertor(Convertor[str]):
    """`path`: any text in one line, slashes too, or none at all."""

    regex = ".*"

    def convert(self, value: str) -> str:
        """The text itself."""
        return str(value)

    def to_string(self, value: str) -> str:
        """The text itself."""
        return str(value)


class IntegerConvertor(Convertor[int]):
    """`int`: decimal digits; as many as Python turns into a number (4,300 unless set otherwise)."""

    regex = "[0-9]+"

    def convert(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """Its digits, if it is not negative."""
        number = int(value)
        if number < 0:
            raise UnfitValueError(f"Negative integers are not supported: {number}.")
        return str(number)


class FloatConvertor(Convertor[float]):
    """`float`: digits, with a fraction or without one; no exponent."""

    regex = r"[0-9]+(\.[0-9]+)?"

    def convert(self, value: str) -> float:
        """The number, unless it is too large for one."""
        number = float(value)
        if math.isinf(number):
            raise ValueError("Too large for a float.")
        return number

    def to_string(self, value: float) -> str:
        """The shortest decimal that is read as `value` again, if it is finite and not negative."""
        number = float(value)
        if math.isnan(number):
            raise UnfitValueError("NaN values are not supported.")
        if math.isinf(number):
            raise UnfitValueError("Infinite values are not supported.")
        if number < 0:
            raise UnfitValueError(f"Negative floats are not supported: {number}.")
        text = format(Decimal(repr(abs(number))), "f")
        return text.removesuffix(".0")


class UUIDConvertor(Convertor[UUID]):
    """`uuid`: 32 hexadecimal digits, with the hyphens of RFC 9562, section 4, or without some."""

    regex: ClassVar[str] = "-?".join(f"[0-9a-fA-F]{{{digits}}}" for digits in (8, 4, 4, 4, 12))

    def convert(self, value: str) -> UUID:
        """The UUID."""
        return UUID(value)

    def to_string(self, value: UUID) -> str:
        """The UUID with its hyphens."""
        return str(value)


CONVERTOR_TYPES: dict[str, Convertor[Any]] = {
    "str": StringConvertor(),
    "path": PathConvertor(),
    "int": IntegerConvertor(),
    "float": FloatConvertor(),
    "uuid": UUIDConvertor(),
}
"""The kinds of path parameters by name, to which `register_url_convertor` adds."""


def register_url_convertor(key: str, convertor: Convertor[Any]) -> None:
    """Let paths that are declared from now on say `{name:key}`."""
    CONVERTOR_TYPES[key] = convertor
