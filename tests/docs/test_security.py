from __future__ import annotations

from docs_src.security import api_key, basic, oauth2, optional, own_answer
from tests.conftest import ClientFactory


def test_known_key_opens_the_loans(client_for: ClientFactory) -> None:
    response = client_for(api_key.app).get("/loans", headers={"X-API-Key": "correct-horse"})

    assert response.json() == {"reader": "ada"}


def test_unknown_key_is_forbidden(client_for: ClientFactory) -> None:
    response = client_for(api_key.app).get("/loans", headers={"X-API-Key": "battery"})

    assert (response.status_code, response.json()) == (403, {"detail": "This key is not known"})


def test_right_password_lets_in(client_for: ClientFactory) -> None:
    response = client_for(basic.app).get("/me", auth=("ada", "lovelace"))

    assert response.json() == {"reader": "ada"}


def test_wrong_password_is_asked_for_again(client_for: ClientFactory) -> None:
    response = client_for(basic.app).get("/me", auth=("ada", "byron"))

    assert (response.status_code, response.headers["WWW-Authenticate"]) == (
        401,
        'Basic realm="reading room"',
    )


def log_in(client_for: ClientFactory, scope: str) -> dict[str, str]:
    """The header that a client sends after it has logged in."""
    sent = {"username": "ada", "password": "lovelace", "scope": scope}
    token = client_for(oauth2.app).post("/token", data=sent).json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


def test_token_tells_who_it_is(client_for: ClientFactory) -> None:
    response = client_for(oauth2.app).get("/me", headers=log_in(client_for, ""))

    assert response.json() == {"reader": "ada"}


def test_token_with_the_scope_opens_the_loans(client_for: ClientFactory) -> None:
    response = client_for(oauth2.app).get("/loans", headers=log_in(client_for, "loans"))

    assert response.json() == {"loans of": "ada"}


def test_token_without_the_scope_does_not(client_for: ClientFactory) -> None:
    response = client_for(oauth2.app).get("/loans", headers=log_in(client_for, "admin"))

    assert (response.status_code, response.headers["WWW-Authenticate"]) == (
        403,
        'Bearer scope="loans"',
    )


def test_unknown_token_is_a_401(client_for: ClientFactory) -> None:
    response = client_for(oauth2.app).get("/me", headers={"Authorization": "Bearer made-up"})

    assert response.status_code == 401


def test_wrong_password_gives_no_token(client_for: ClientFactory) -> None:
    response = client_for(oauth2.app).post("/token", data={"username": "ada", "password": "x"})

    assert response.status_code == 400


def test_stranger_is_greeted_too(client_for: ClientFactory) -> None:
    assert client_for(optional.app).get("/").json() == {"hello": "stranger"}


def test_reader_is_greeted_as_one(client_for: ClientFactory) -> None:
    response = client_for(optional.app).get("/", headers={"Authorization": "Bearer x"})

    assert response.json() == {"hello": "reader"}


def test_own_answer_is_given_without_a_key(client_for: ClientFactory) -> None:
    response = client_for(own_answer.app).get("/")

    assert (response.status_code, response.json()) == (403, {"detail": "Send a key in X-API-Key"})


def test_key_is_given_where_there_is_one(client_for: ClientFactory) -> None:
    response = client_for(own_answer.app).get("/", headers={"X-API-Key": "k"})

    assert response.json() == {"key": "k"}
