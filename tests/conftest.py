"""Fixtures every test may use."""

from __future__ import annotations

from typing import Any, Literal, Protocol, TypeAlias, cast

import pytest

from fastapi_lite.testclient import TestClient
from fastapi_lite.types import ASGIApp

Backend: TypeAlias = Literal["asyncio", "trio"]


class ClientFactory(Protocol):
    """Makes a client of `app` on the backend of this run; `options` are those of `TestClient`."""

    def __call__(self, app: ASGIApp, **options: Any) -> TestClient: ...


@pytest.fixture(params=["asyncio", "trio"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """The event loop of this run; a test that asks for it runs once on each."""
    return cast(Backend, request.param)


@pytest.fixture
def anyio_backend(backend: Backend) -> Backend:
    """Where a test marked `anyio` runs."""
    return backend


@pytest.fixture
def client_for(backend: Backend) -> ClientFactory:
    """A `TestClient` for an application; its lifespan runs where the test enters the client."""

    def make(app: ASGIApp, **options: Any) -> TestClient:
        return TestClient(app, backend=backend, **options)

    return make
