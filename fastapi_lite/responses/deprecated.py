"""JSON responses of other encoders, which the built-in one has made needless."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from typing_extensions import deprecated

from fastapi_lite.exceptions import FastAPIDeprecationWarning, FastAPIError
from fastapi_lite.responses.base import JSONResponse


@deprecated(
    "ORJSONResponse is deprecated and goes with 1.0: declare a response model or return type, "
    "which is written as JSON at least as fast, or use JSONResponse.",
    category=FastAPIDeprecationWarning,
)
class ORJSONResponse(JSONResponse):
    """Answers with JSON made by the package `orjson`, which has to be installed."""

    def render(self, content: Any) -> bytes:
        """`content` as orjson writes it, with keys that are not text and with numpy arrays."""
        orjson = import_encoder("orjson", self)
        rendered: bytes = orjson.dumps(
            content, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
        )
        return rendered


@deprecated(
    "UJSONResponse is deprecated and goes with 1.0: declare a response model or return type, "
    "which is written as JSON at least as fast, or use JSONResponse.",
    category=FastAPIDeprecationWarning,
)
class UJSONResponse(JSONResponse):
    """Answers with JSON made by the package `ujson`, which has to be installed."""

    def render(self, content: Any) -> bytes:
        """`content` as ujson writes it."""
        rendered: str = import_encoder("ujson", self).dumps(content, ensure_ascii=False)
        return rendered.encode("utf-8")


def import_encoder(package: str, response: JSONResponse) -> Any:
    """The optional package, or a `FastAPIError` that says what needs it."""
    try:
        return import_module(package)
    except ImportError as error:
        raise FastAPIError(
            f"{package} must be installed to use {type(response).__name__}: pip install {package}."
        ) from error
