from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi_lite import Body, FastAPI, Request, WebSocket
from fastapi_lite.responses import StreamingResponse


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[dict[str, list[str]]]:
    yield {"notes": ["milk"]}


app = FastAPI(lifespan=lifespan)


@app.get("/notes")
def read_notes(request: Request) -> list[str]:
    notes: list[str] = request.state.notes
    return notes


@app.post("/notes", status_code=201)
def add_note(request: Request, text: Annotated[str, Body(embed=True, min_length=1)]) -> None:
    request.state.notes.append(text)


@app.get("/numbers")
async def count() -> StreamingResponse:
    async def numbers() -> AsyncGenerator[str]:
        number = 0
        while True:
            yield f"{number}\n"
            number += 1

    return StreamingResponse(numbers())


@app.websocket("/echo")
async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text.upper())
