"""JSON responses of other packages."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from fastapi_lite.exceptions import FastAPIDeprecationWarning, FastAPIError
from fastapi_lite.responses import ORJSONResponse, UJSONResponse


def test_orjson_writes_the_content(monkeypatch: pytest.MonkeyPatch) -> None:
    def dumps(content: Any, *, option: int) -> bytes:
        return f"{option}:{json.dumps(content)}".encode()

    fake = SimpleNamespace(dumps=dumps, OPT_NON_STR_KEYS=4, OPT_SERIALIZE_NUMPY=16)
    monkeypatch.setitem(sys.modules, "orjson", fake)
    with pytest.warns(FastAPIDeprecationWarning, match="response model"):
        response = ORJSONResponse({"a": 1})
    assert response.body == b'20:{"a": 1}'


def test_ujson_writes_the_content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ujson", SimpleNamespace(dumps=json.dumps))
    with pytest.warns(FastAPIDeprecationWarning, match="response model"):
        response = UJSONResponse({"a": "ü"})
    assert response.body == '{"a": "ü"}'.encode()


@pytest.mark.parametrize(
    ("response", "package"), [(ORJSONResponse, "orjson"), (UJSONResponse, "ujson")]
)
def test_missing_package_is_named(
    response: Any, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with (
        pytest.warns(FastAPIDeprecationWarning),
        pytest.raises(FastAPIError, match=f"{package} must be installed"),
    ):
        response({"a": 1})
