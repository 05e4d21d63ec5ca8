from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from typing_extensions import TypedDict

from fastapi_lite import FastAPI, Request


class State(TypedDict):
    answers: dict[str, str]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[State]:
    answers = {"everything": "42"}  # what takes long to load, once
    yield {"answers": answers}
    answers.clear()


app = FastAPI(lifespan=lifespan)


@app.get("/ask/{about}")
async def ask(about: str, request: Request[State]) -> str:
    return request.state["answers"].get(about, "unknown")
