"""Header fields (RFC 9110, section 5): names in any case, in the order they were sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Self, TypeVar, overload

T = TypeVar("T")
RawHeaders = list[tuple[bytes, bytes]]

FORBIDDEN = re.compile("[\r\n\0]")
"""What ends a field or smuggles in another one (RFC 9110, section 5.5)."""


def encode_header(name: str, value: str) -> tuple[bytes, bytes]:
    """One header as ASGI sends it: the name in lower case, both as Latin-1.

    Raises `ValueError` where either holds CR, LF or NUL, or is not Latin-1.
    """
    # `isprintable` costs half of the search, and is true of almost every header.
    if not value.isprintable() and FORBIDDEN.search(value):
        raise ValueError(f"The value of header {name!r} holds CR, LF or NUL: {value!r}.")
    if not name.isprintable() and FORBIDDEN.search(name):
        raise ValueError(f"The header name {name!r} holds CR, LF or NUL.")
    return name.lower().encode("latin-1"), value.encode("latin-1")


class Headers(Mapping[str, str]):
    """Headers that are only read: a mapping of `headers`, raw pairs, or those of an ASGI scope.

    A name that was sent several times has its first value; `getlist` gives all.
    """

    _list: RawHeaders

    def __init__(
        self,
        headers: Mapping[str, str] | None = None,
        raw: RawHeaders | None = None,
        scope: MutableMapping[str, Any] | None = None,
    ) -> None:
        if raw is not None and headers is None and scope is None:
            self._list = raw
        elif raw is not None or (headers is not None and scope is not None):
            raise TypeError(f"{type(self).__name__}: give one of `headers`, `raw` and `scope`.")
        elif headers is not None:
            self._list = [encode_header(name, value) for name, value in headers.items()]
        else:
            self._list = [] if scope is None else self._raw_of(scope)

    @staticmethod
    def _raw_of(scope: MutableMapping[str, Any]) -> RawHeaders:
        """The pairs of `scope`; what is no list is made one there, as it may be read only once."""
        raw = scope["headers"]
        if not isinstance(raw, list):
            raw = scope["headers"] = list(raw)
        return raw

    @property
    def raw(self) -> RawHeaders:
        """The pairs of bytes as they go over the wire."""
        return self._list

    def keys(self) -> list[str]:  # type: ignore[override]  # a name may come more than once
        """Every name, as often as it was sent."""
        return [name.decode("latin-1") for name, _ in self._list]

    def values(self) -> list[str]:  # type: ignore[override]  # in the order of `keys`
        """Every value."""
        return [value.decode("latin-1") for _, value in self._list]

    def items(self) -> list[tuple[str, str]]:  # type: ignore[override]  # as `keys`
        """Every name with its value."""
        return list(zip(self.keys(), self.values(), strict=True))

    @overload
    def get(self, key: str, /) -> str | None: ...
    @overload
    def get(self, key: str, /, default: str | T) -> str | T: ...
    def get(self, key: str, /, default: Any = None) -> Any:
        """The first value of `key`, else `default`."""
        wanted = lookup_key(key)
        for name, value in self._list:
            if name == wanted:
                return value.decode("latin-1")
        return default

    def getlist(self, key: str) -> list[str]:
        """All values of `key`, in the order they were sent."""
        wanted = lookup_key(key)
        return [value.decode("latin-1") for name, value in self._list if name == wanted]

    def mutablecopy(self) -> MutableHeaders:
        """The same headers, to be changed independently of these."""
        return MutableHeaders(raw=self._list.copy())

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self._list)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Headers):
            return sorted(self._list) == sorted(other._list)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # raw headers may change

    def __repr__(self) -> str:
        once = dict(self.items())
        shown = f"{once!r}" if len(once) == len(self) else f"raw={self._list!r}"
        return f"{type(self).__name__}({shown})"


class MutableHeaders(Headers):
    """Headers that can be changed; those of a `scope` or message are changed there.

    Every method that sets a header raises `ValueError` as `encode_header` does.
    """

    @staticmethod
    def _raw_of(scope: MutableMapping[str, Any]) -> RawHeaders:
        """A list of its own: the one given may belong to a response that is sent again."""
        raw: RawHeaders = list(scope["headers"])
        scope["headers"] = raw
        return raw

    def append(self, key: str, value: str) -> None:
        """Send `key` once more, with `value`."""
        self._list.append(encode_header(key, value))

    def setdefault(self, key: str, value: str) -> str:
        """The value of `key`, which is set to `value` if it was not sent yet."""
        present = self.get(key)
        if present is not None:
            return present
        self.append(key, value)
        return value

    def update(self, other: Mapping[str, str]) -> None:
        """Set every header of `other`."""
        for name, value in other.items():
            self[name] = value

    def add_vary_header(self, vary: str) -> None:
        """Say that the response depends on the request headers in `vary`, a list with commas.

        Names said already are not repeated; with `*` there is nothing to add (RFC 9110, 12.5.5).
        """
        names = [name.strip() for line in (*self.getlist("vary"), vary) for name in line.split(",")]
        distinct = {name.lower(): name for name in reversed(names) if name}
        self["vary"] = "*" if "*" in distinct else ", ".join(reversed(distinct.values()))

    def __setitem__(self, key: str, value: str) -> None:
        pair = encode_header(key, value)
        places = [index for index, (name, _) in enumerate(self._list) if name == pair[0]]
        if not places:
            self._list.append(pair)
            return
        self._list[places[0]] = pair
        for index in reversed(places[1:]):
            del self._list[index]

    def __delitem__(self, key: str) -> None:
        unwanted = lookup_key(key)
        self._list[:] = [pair for pair in self._list if pair[0] != unwanted]

    def __ior__(self, other: Mapping[str, str]) -> Self:
        if not isinstance(other, Mapping):
            return NotImplemented
        self.update(other)
        return self

    def __or__(self, other: Mapping[str, str]) -> MutableHeaders:
        if not isinstance(other, Mapping):
            return NotImplemented
        both = self.mutablecopy()
        both.update(other)
        return both


def lookup_key(name: str) -> bytes:
    """`name` as raw headers have it; `?` is in no header name, so what is not Latin-1 is not found."""
    return name.lower().encode("latin-1", "replace")
