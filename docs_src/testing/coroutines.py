import pytest

from docs_src.testing.notes import app
from fastapi_lite.testclient import AsyncTestClient


@pytest.mark.anyio
async def test_notes_are_kept() -> None:
    async with AsyncTestClient(app) as client:
        await client.post("/notes", json={"text": "bread"})
        response = await client.get("/notes")
    assert response.json() == ["milk", "bread"]


@pytest.mark.anyio
async def test_echo_is_loud() -> None:
    async with AsyncTestClient(app).websocket_connect("/echo") as session:
        await session.send_text("hello")
        assert await session.receive_text() == "HELLO"
