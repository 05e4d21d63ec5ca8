"""The example about configuration."""

from __future__ import annotations

from docs_src.configuration import settings
from tests.conftest import ClientFactory


def test_settings_are_read_and_the_secret_is_not_shown(client_for: ClientFactory) -> None:
    assert client_for(settings.app).get("/settings").json() == {
        "hosts": "localhost, 127.0.0.1",
        "api_key": "Secret('**********')",
    }
    assert settings.DEBUG is True
