"""Mappings whose keys may have several values, such as the parameters of a query."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any, TypeVar, cast
from urllib.parse import unquote, unquote_to_bytes, urlencode

from fastapi_lite.types import Scope

K = TypeVar("K")
V = TypeVar("V", covariant=True)


class ImmutableMultiDict(Mapping[K, V]):
    """Pairs of key and value; a key that is there several times has its last value as item.

    `getlist` gives all values of a key, `multi_items` all pairs in order.
    """

    _list: list[tuple[K, V]]
    _dict: dict[K, V]

    def __init__(
        self, items: Mapping[K, V] | Iterable[tuple[K, V]] | None = None, /, **more: Any
    ) -> None:
        self._list = [*pairs_of(items), *cast("Iterable[tuple[K, V]]", more.items())]
        self._dict = dict(self._list)

    def getlist(self, key: Any) -> list[V]:
        """All values of `key`, in order; none for an unknown key."""
        return [value for name, value in self._list if name == key]

    def multi_items(self) -> list[tuple[K, V]]:
        """Every pair, in order."""
        return self._list.copy()

    def keys(self) -> KeysView[K]:
        """Every key, once."""
        return self._dict.keys()

    def values(self) -> ValuesView[V]:
        """The last value of every key."""
        return self._dict.values()

    def items(self) -> ItemsView[K, V]:
        """Every key with its last value."""
        return self._dict.items()

    def __getitem__(self, key: K) -> V:
        return self._dict[key]

    def __contains__(self, key: object) -> bool:
        return key in self._dict

    def __iter__(self) -> Iterator[K]:
        return iter(self._dict)

    def __len__(self) -> int:
        return len(self._dict)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same values, in the same order, under every key."""
        if type(self) is not type(other):
            return False
        return grouped(self._list) == grouped(cast("Any", other)._list)

    __hash__ = None  # type: ignore[assignment]  # as its values may be

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._list!r})"


class MultiDict(ImmutableMultiDict[Any, Any]):
    """A mapping with several values for a key, that can be changed."""

    def __setitem__(self, key: Any, value: Any) -> None:
        self.setlist(key, [value])

    def __delitem__(self, key: Any) -> None:
        del self._dict[key]
        self.setlist(key, [])

    def pop(self, key: Any, default: Any = None) -> Any:
        """Take out all of `key`; gives its last value, or `default`."""
        value = self._dict.get(key, default)
        self.setlist(key, [])
        return value

    def popitem(self) -> tuple[Any, Any]:
        """Take out the newest key; gives it with its last value."""
        key, value = self._dict.popitem()
        self.setlist(key, [])
        return key, value

    def poplist(self, key: Any) -> list[Any]:
        """Take out all of `key`; gives its values."""
        values = self.getlist(key)
        self.setlist(key, [])
        return values

    def clear(self) -> None:
        """Take out everything."""
        self._list.clear()
        self._dict.clear()

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """The last value of `key`, which is set to `default` if it had none."""
        if key not in self._dict:
            self.append(key, default)
        return self._dict[key]

    def setlist(self, key: Any, values: list[Any]) -> None:
        """Give `key` these values, in place of those it has."""
        self._list = [pair for pair in self._list if pair[0] != key]
        self._list += [(key, value) for value in values]
        if values:
            self._dict[key] = values[-1]
        else:
            self._dict.pop(key, None)

    def append(self, key: Any, value: Any) -> None:
        """Give `key` one more value."""
        self._list.append((key, value))
        self._dict[key] = value

    def update(
        self, items: Mapping[Any, Any] | Iterable[tuple[Any, Any]] | None = None, /, **more: Any
    ) -> None:
        """Give every key of `items` its values there, in place of those it has."""
        for key, values in grouped(MultiDict(items, **more).multi_items()).items():
            self.setlist(key, values)


class QueryParams(ImmutableMultiDict[str, str]):
    """The parameters of a query string, or of pairs whose values are turned to text.

    `query_string` and `scope` are other ways to give the query.
    """

    def __init__(
        self,
        query: Mapping[Any, Any] | Iterable[tuple[Any, Any]] | str | bytes | None = None,
        /,
        *,
        query_string: str | bytes | None = None,
        scope: Scope | None = None,
        **more: Any,
    ) -> None:
        if query is None:
            query = query_string if scope is None else scope["query_string"]
        pairs = parse_query(query) if isinstance(query, str | bytes) else texts(pairs_of(query))
        self._list = [*pairs, *texts(more.items())] if more else pairs
        self._dict = dict(self._list)

    def __str__(self) -> str:
        return urlencode(self._list)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


def parse_query(query: str | bytes) -> list[tuple[str, str]]:
    """Names and values of a query string, decoded; a name without `=` has an empty value.

    As browsers encode forms (URL standard, application/x-www-form-urlencoded): `+` is a space, percent
    escapes are UTF-8, and bytes that are not become U+FFFD.
    """
    text = query.decode("latin-1") if isinstance(query, bytes) else query
    if "+" in text:
        text = text.replace("+", " ")
    halves = [part.partition("=") for part in text.split("&") if part]
    if "%" in text:
        return [
            (unescape(name) if "%" in name else name, unescape(value) if "%" in value else value)
            for name, _, value in halves
        ]
    return [(name, value) for name, _, value in halves]


def unescape(text: str) -> str:
    """`text` with what its percent escapes stand for; `unquote` takes twice as long for ASCII."""
    return unquote_to_bytes(text).decode(errors="replace") if text.isascii() else unquote(text)


def pairs_of(items: Mapping[K, V] | Iterable[tuple[K, V]] | None) -> Iterable[tuple[K, V]]:
    """The pairs of a mapping, with all values of a key where it has several."""
    if type(items) is list:  # what parsers give; the next question costs 0.3 µs
        return items
    if isinstance(items, ImmutableMultiDict):
        return cast("list[tuple[K, V]]", items.multi_items())
    if isinstance(items, Mapping):
        return cast("Iterable[tuple[K, V]]", items.items())
    return () if items is None else items


def grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    """The values of every key, in order."""
    groups: dict[Any, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def texts(pairs: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    """The pairs as text."""
    return [(str(key), str(value)) for key, value in pairs]
