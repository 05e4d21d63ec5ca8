"""The example about errors."""

from __future__ import annotations

import pytest

from docs_src.errors import handlers
from tests.conftest import ClientFactory


@pytest.mark.parametrize(
    ("title", "status", "body"),
    [
        ("emma", 200, {"left": 1}),
        ("ulysses", 409, {"detail": "No copy of ulysses is left."}),
        ("faust", 404, {"detail": "No such book"}),
    ],
)
def test_exceptions_are_answered(
    client_for: ClientFactory, title: str, status: int, body: object
) -> None:
    response = client_for(handlers.app).post(f"/orders/{title}")
    assert (response.status_code, response.json()) == (status, body)


def test_mistake_is_answered_and_raised(client_for: ClientFactory) -> None:
    quiet = client_for(handlers.app, raise_server_exceptions=False)
    assert quiet.get("/report").json() == {"detail": "Something went wrong. We are told."}
    with pytest.raises(ZeroDivisionError):
        client_for(handlers.app).get("/report")
