"""The examples about WebSockets."""

from __future__ import annotations

from typing import Any

import pytest

from docs_src.websockets import chat, orders
from fastapi_lite.testclient import WebSocketDenialResponse
from fastapi_lite.websockets import WebSocketDisconnect
from tests.conftest import ClientFactory


def test_members_of_the_chat_hear_each_other(client_for: ClientFactory) -> None:
    with client_for(chat.app) as client, client.websocket_connect("/chat/ada") as ada:
        with client.websocket_connect("/chat/alan") as alan:
            alan.send_text("hello")
            assert ada.receive_text() == "alan: hello"
            assert alan.receive_text() == "alan: hello"
        assert ada.receive_text() == "alan has left"
    assert chat.members == {}


def test_a_member_whose_connection_broke_does_not_stop_the_others(
    client_for: ClientFactory,
) -> None:
    class Broken:
        async def send_text(self, text: str) -> None:
            raise WebSocketDisconnect(1006)

    broken: Any = Broken()
    chat.members["broken"] = broken
    try:
        with client_for(chat.app).websocket_connect("/chat/ada") as ada:
            ada.send_text("hello")
            assert ada.receive_text() == "ada: hello"
    finally:
        del chat.members["broken"]


@pytest.mark.parametrize(("text", "item"), [('{"item": "tea"}', "tea"), ("tea, please", "nothing")])
def test_an_order(client_for: ClientFactory, text: str, item: str) -> None:
    session = client_for(orders.app).websocket_connect(
        "/orders?token=secret", subprotocols=["orders.v1"]
    )
    with session:
        assert session.accepted_subprotocol == "orders.v1"
        session.send_text(text)
        assert session.receive_json() == {"ordered": item}
        with pytest.raises(WebSocketDisconnect, match="Thank you"):
            session.receive_text()


def test_an_order_of_a_stranger_is_answered_with_a_response(client_for: ClientFactory) -> None:
    with pytest.raises(WebSocketDenialResponse) as denied:
        client_for(orders.app).websocket_connect("/orders").__enter__()
    assert (denied.value.status_code, denied.value.json()) == (401, {"detail": "Who are you?"})


def test_an_order_in_another_protocol_is_refused(client_for: ClientFactory) -> None:
    with pytest.raises(WebSocketDisconnect, match="Speak orders"):
        client_for(orders.app).websocket_connect("/orders?token=secret").__enter__()
