from contextlib import suppress

from fastapi_lite import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()
members: dict[str, WebSocket] = {}


async def tell_all(text: str) -> None:
    for member in list(members.values()):
        with suppress(WebSocketDisconnect):  # gone meanwhile: its own task takes it off the list
            await member.send_text(text)


@app.websocket("/chat/{name}")
async def chat(websocket: WebSocket, name: str) -> None:
    await websocket.accept()
    members[name] = websocket
    try:
        async for text in websocket.iter_text():
            await tell_all(f"{name}: {text}")
    finally:
        del members[name]
    await tell_all(f"{name} has left")
