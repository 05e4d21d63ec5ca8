from docs_src.testing.notes import app
from fastapi_lite.testclient import TestClient


def test_notes_are_kept() -> None:
    with TestClient(app) as client:
        assert client.post("/notes", json={"text": "bread"}).status_code == 201
        assert client.get("/notes").json() == ["milk", "bread"]


def test_an_empty_note_is_refused() -> None:
    with TestClient(app) as client:
        response = client.post("/notes", json={"text": ""})
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", "text"]


def test_numbers_come_one_by_one() -> None:
    with TestClient(app).stream("GET", "/numbers") as response:
        lines = response.iter_lines()
        assert [next(lines), next(lines)] == ["0", "1"]


def test_echo_is_loud() -> None:
    with TestClient(app).websocket_connect("/echo") as session:
        session.send_text("hello")
        assert session.receive_text() == "HELLO"
