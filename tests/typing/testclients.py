"""Test clients: what a test gets from them."""

from typing import assert_type

import httpx

from fastapi_lite import FastAPI
from fastapi_lite.testclient import TestClient

client = TestClient(FastAPI(), backend="trio", raise_server_exceptions=False)

assert_type(client.get("/", params={"a": 1}), httpx.Response)
assert_type(client.post("/", json={"a": 1}).status_code, int)
with client, client.websocket_connect("/ws") as session:
    session.send_text("hello")
    assert_type(session.receive_text(), str)

# Mistakes.
client.get("/", parameters={})  # type: ignore[call-arg]
TestClient(FastAPI(), backend="gevent")  # type: ignore[arg-type]
