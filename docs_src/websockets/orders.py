from typing import Annotated

from fastapi_lite import FastAPI, Query, WebSocket, WebSocketException, status
from fastapi_lite.responses import JSONResponse

app = FastAPI()


@app.websocket("/orders")
async def orders(websocket: WebSocket, token: Annotated[str | None, Query()] = None) -> None:
    if token != "secret":
        await websocket.send_denial_response(JSONResponse({"detail": "Who are you?"}, 401))
        return
    if "orders.v1" not in websocket.scope["subprotocols"]:
        raise WebSocketException(status.WS_1002_PROTOCOL_ERROR, "Speak orders.v1")

    await websocket.accept("orders.v1", headers=[(b"x-server", b"till 3")])
    try:
        order = await websocket.receive_json()
    except ValueError:
        order = {"item": "nothing"}
    await websocket.send_json({"ordered": order["item"]})
    await websocket.close(status.WS_1000_NORMAL_CLOSURE, "Thank you")
