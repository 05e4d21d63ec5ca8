"""What kind of callable something is, seen through partials, wrappers and callable objects."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from types import FunctionType
from typing import Any


def unwrap(call: Any) -> Any:
    """The function that really runs: beneath `functools.partial` and `functools.wraps`."""
    while not is_bare_function(call):
        if isinstance(call, partial):
            call = call.func
        elif (inner := getattr(call, "__wrapped__", None)) is not None:
            call = inner
        else:
            break
    return call


def is_async_callable(call: Any) -> bool:
    """Whether calling `call` gives a coroutine to await."""
    if is_bare_function(call):  # asked of handlers at each exception: 0.2 µs less
        return bool(call.__code__.co_flags & inspect.CO_COROUTINE)
    return _is(inspect.iscoroutinefunction, call)


def is_generator(call: Any) -> bool:
    """Whether `call` is a generator function, or an object called as one."""
    if is_bare_function(call):
        return bool(call.__code__.co_flags & inspect.CO_GENERATOR)
    return _is(inspect.isgeneratorfunction, call)


def is_async_generator(call: Any) -> bool:
    """Whether `call` is an asynchronous generator function, or an object called as one."""
    if is_bare_function(call):
        return bool(call.__code__.co_flags & inspect.CO_ASYNC_GENERATOR)
    return _is(inspect.isasyncgenfunction, call)


def is_bare_function(call: Any) -> bool:
    """Whether `call` is a function that nothing was done to: it is what its code says."""
    return type(call) is FunctionType and not vars(call)


def _is(kind: Callable[[Any], bool], call: Any) -> bool:
    while isinstance(call, partial):
        call = call.func
    if kind(call):
        return True
    if inspect.isclass(call):
        return False
    inner = unwrap(call)
    if inner is not call and not inspect.isclass(inner) and kind(inner):
        return True
    method = getattr(type(call), "__call__", None)  # noqa: B004 - the method itself is looked at
    return method is not None and (kind(method) or kind(unwrap(method)))
