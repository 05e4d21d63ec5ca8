from collections.abc import Iterator

import pytest

from docs_src.test_overrides.weather import app, ask_service
from fastapi_lite.testclient import TestClient


@pytest.fixture
def client() -> Iterator[TestClient]:
    app.dependency_overrides[ask_service] = lambda: "sunny"
    yield TestClient(app)
    app.dependency_overrides.clear()


def test_weather_is_reported(client: TestClient) -> None:
    assert client.get("/weather").json() == "sunny"
