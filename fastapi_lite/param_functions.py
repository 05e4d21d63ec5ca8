"""`Query()`, `Depends()` and the others as functions, so that a default may have any type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from typing_extensions import Unpack

from fastapi_lite import params
from fastapi_lite._options import check_options, spell_out
from fastapi_lite.params import Declared, ParamOptions, Undefined


@spell_out(ParamOptions)
def Path(default: Any = ..., **options: Unpack[ParamOptions]) -> Any:
    """Take the parameter from the path, by its name in braces."""
    return declare(params.Path, default, options)


@spell_out(ParamOptions)
def Query(default: Any = Undefined, **options: Unpack[ParamOptions]) -> Any:
    """Take the parameter from the query; repeated keys fill a list."""
    return declare(params.Query, default, options)


@spell_out(ParamOptions)
def Header(
    default: Any = Undefined, *, convert_underscores: bool = True, **options: Unpack[ParamOptions]
) -> Any:
    """Take the parameter from a header field, its name with hyphens for underscores."""
    return declare(params.Header, default, options, convert_underscores=convert_underscores)


@spell_out(ParamOptions)
def Cookie(default: Any = Undefined, **options: Unpack[ParamOptions]) -> Any:
    """Take the parameter from a cookie."""
    return declare(params.Cookie, default, options)


@spell_out(ParamOptions)
def Body(
    default: Any = Undefined,
    *,
    embed: bool | None = None,
    media_type: str = "application/json",
    **options: Unpack[ParamOptions],
) -> Any:
    """Take the parameter from the body; with `embed`, from the key of its name."""
    return declare(params.Body, default, options, embed=embed, media_type=media_type)


@spell_out(ParamOptions)
def Form(
    default: Any = Undefined,
    *,
    media_type: str = "application/x-www-form-urlencoded",
    **options: Unpack[ParamOptions],
) -> Any:
    """Take the parameter from a field of a form."""
    return declare(params.Form, default, options, media_type=media_type)


@spell_out(ParamOptions)
def File(
    default: Any = Undefined,
    *,
    media_type: str = "multipart/form-data",
    **options: Unpack[ParamOptions],
) -> Any:
    """Take the parameter from an uploaded file, as `bytes` or `UploadFile`."""
    return declare(params.File, default, options, media_type=media_type)


def Depends(
    dependency: Callable[..., Any] | None = None,
    *,
    use_cache: bool = True,
    scope: Literal["function", "request"] | None = None,
    max_concurrency: int | None = None,
) -> Any:
    """Give the parameter what `dependency` returns; see `params.Depends`."""
    return params.Depends(dependency, use_cache, scope, max_concurrency=max_concurrency)


def Security(
    dependency: Callable[..., Any] | None = None,
    *,
    scopes: Sequence[str] | None = None,
    use_cache: bool = True,
) -> Any:
    """Give the parameter what `dependency` returns, and ask for OAuth2 `scopes`."""
    return params.Security(dependency, use_cache, scopes=scopes)


def declare(kind: type[Declared], default: Any, options: ParamOptions, **more: Any) -> Declared:
    """A declaration of this kind; raises `TypeError` for an option that there is not.

    Its class knows one more, the `annotation`, which the parameter of a function has itself.
    """
    check_options(kind.__name__, options, ParamOptions.__annotations__)
    return kind(default, **more, **options)
