"""Settings from the environment, as the page about them shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from docs_src.settings.main import Settings, app, get_settings
from tests.conftest import ClientFactory


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working directory, and nothing remembered."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHOP_TOKEN", "secret")
    get_settings.cache_clear()
    yield tmp_path
    app.dependency_overrides.clear()
    get_settings.cache_clear()


def test_settings_come_from_the_environment(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_NAME", "Second Hand")

    about = client_for(app).get("/about").json()

    assert about == {"name": "Second Hand", "items_per_page": 20}


def test_settings_come_from_a_file(client_for: ClientFactory, directory: Path) -> None:
    (directory / ".env").write_text("SHOP_ITEMS_PER_PAGE=5\n")

    assert client_for(app).get("/about").json()["items_per_page"] == 5


def test_settings_are_read_once(client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_for(app)
    before = client.get("/about").json()
    monkeypatch.setenv("SHOP_NAME", "Second Hand")

    assert client.get("/about").json() == before


def test_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_ITEMS_PER_PAGE", "none")

    with pytest.raises(ValidationError, match="items_per_page"):
        get_settings()


def test_settings_are_replaced_in_a_test(client_for: ClientFactory) -> None:
    app.dependency_overrides[get_settings] = lambda: Settings(
        name="Tested", token=SecretStr("none"), items_per_page=1
    )

    assert client_for(app).get("/about").json() == {"name": "Tested", "items_per_page": 1}
