"""Options that many functions take as `**options`: checked by name, spelled out in signatures."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])


class Omitted:
    """Stands in a signature for the default of an option: what its docstring says."""

    def __repr__(self) -> str:
        return "..."


OMITTED = Omitted()


def check_options(owner: str, options: Iterable[str], known: Iterable[str]) -> None:
    """Raise `TypeError` for the first of `options` that is not `known`, with the nearest name."""
    for name in options:
        if name not in known:
            import difflib  # noqa: PLC0415 - few programs need it

            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise TypeError(f"{owner}() got an unexpected keyword argument {name!r}.{hint}")


def spell_out(hints: type[Any]) -> Callable[[Function], Function]:
    """Show `**options` as the keywords of `hints` in `help()` and `inspect.signature()`."""
    keywords = keywords_of(cast(Any, hints))

    def spell(function: Function) -> Function:
        signature = inspect.signature(function)
        named = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        taken = {p.name for p in named}
        spelt = [parameter for parameter in keywords if parameter.name not in taken]
        cast(Any, function).__signature__ = signature.replace(parameters=[*named, *spelt])
        return function

    return spell


@cache
def keywords_of(hints: type[Any]) -> list[inspect.Parameter]:
    """The keywords of `hints`; what is text in the source is shown as it stands there."""
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=OMITTED,
            annotation=getattr(hint, "__forward_arg__", hint),
        )
        for name, hint in hints.__annotations__.items()
    ]
