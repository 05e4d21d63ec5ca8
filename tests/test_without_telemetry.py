"""Applications without telemetry: nothing is imported, nothing is compiled otherwise."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.dependencies.plan import compile_plan
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.middleware.errors import ServerErrorMiddleware
from fastapi_lite.telemetry import get_telemetry_data
from tests.conftest import ClientFactory

PROGRAM = """
import sys
from fastapi_lite import BackgroundTasks, Depends, FastAPI
from fastapi_lite.testclient import TestClient

app = FastAPI()

@app.post("/{item}")
def answer(item: int, body: dict, tasks: BackgroundTasks, needed: int = Depends(lambda: 1)) -> int:
    return item

with TestClient(app) as client:
    assert client.post("/7", json={}).json() == 7
    assert client.get("/openapi.json").status_code == 200
names = [name for name in sys.modules if "telemetry" in name]
print(names)
"""


def test_application_without_telemetry_imports_nothing_of_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_middleware_is_put_together_as_ever(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "opentelemetry", raising=False)
    app = FastAPI()
    client_for(app).get("/")
    assert type(app.middleware_stack) is ServerErrorMiddleware
    assert app.operation_observer is None


def test_environment_that_asks_for_telemetry_in_vain_is_told_the_remedy(
    client_for: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setitem(sys.modules, "fastapi_lite.telemetry.layer", None)
    app = FastAPI()
    assert client_for(app).get("/openapi.json").status_code == 200
    assert type(app.middleware_stack) is ServerErrorMiddleware
    assert "pip install fastapi_lite[opentelemetry]" in caplog.text


def test_wrong_configuration_raises_at_the_declaration() -> None:
    with pytest.raises(DeclarationError, match="there is no option 'tracng'"):
        FastAPI(telemetry={"tracng": False})  # type: ignore[arg-type]


def test_observer_compiles_the_operations_of_its_application(client_for: ClientFactory) -> None:
    """What telemetry hangs on; anything else may as well."""
    seen: list[Any] = []

    class Observer:
        def compile_plan(self, placed: Any, overrides: Any) -> Any:
            seen.append(placed.path)
            return compile_plan(placed.dependant, overrides=overrides, **placed.plan_options)

        def compile_writer(self, operation: Any, write: Any) -> Any:
            seen.append(write)
            return write

    app = FastAPI()

    @app.get("/{item}")
    async def answer(item: int) -> int:
        return item

    app.operation_observer = Observer()
    assert client_for(app).get("/7").json() == 7
    assert seen[-1:] == ["/{item}"]
    assert len(seen) == 2


def test_there_is_no_telemetry_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "opentelemetry.context", raising=False)
    assert get_telemetry_data() is None


def test_router_without_application_starts_as_ever(client_for: ClientFactory) -> None:
    with client_for(APIRouter()) as client:
        assert client.get("/").status_code == 404
