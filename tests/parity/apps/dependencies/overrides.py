"""Overrides: of functions, classes, generators, in routers, in WebSockets, with parameters of their own."""

from typing import Annotated

from fastapi_lite import APIRouter, Depends, FastAPI, Query, WebSocket

app = FastAPI()
router = APIRouter(prefix="/router")
sub = FastAPI()


async def common(q: str | None = None, skip: int = 0):
    return {"q": q, "skip": skip}


def session():
    yield "real session"


class Settings:
    name = "real"


def below(common: Annotated[dict, Depends(common)]):
    return {"below": common}


@app.get("/main")
async def main(
    common: Annotated[dict, Depends(common)],
    session: Annotated[str, Depends(session)],
    settings: Annotated[Settings, Depends()],
):
    return [common, session, settings.name]


@router.get("/nested")
async def nested(below: Annotated[dict, Depends(below)]):
    return below


@router.get("/decorator", dependencies=[Depends(common)])
async def decorator():
    return "done"


@app.websocket("/ws")
async def ws(websocket: WebSocket, common: Annotated[dict, Depends(common)]):
    await websocket.accept()
    await websocket.send_json(common)


@sub.get("/")
async def in_sub(common: Annotated[dict, Depends(common)]):
    return common


app.include_router(router)
app.mount("/sub", sub)


def other_common(must: Annotated[int, Query(ge=1)]):
    return {"must": must}


async def other_session():
    yield "test session"


class TestSettings:
    name = "test"


@app.put("/overrides")
def set_overrides():
    app.dependency_overrides[common] = other_common
    app.dependency_overrides[session] = other_session
    app.dependency_overrides[Settings] = TestSettings
    return len(app.dependency_overrides)


@app.delete("/overrides")
def reset():
    app.dependency_overrides = {}
    return "reset"


ALL = [
    {"url": "/main?q=a"},
    {"url": "/main?must=0"},
    {"url": "/main?must=3"},
    {"url": "/router/nested?must=3"},
    {"url": "/router/decorator"},
    {"websocket": "/ws?must=1"},
    {"websocket": "/ws"},
    {"url": "/sub/?must=1"},
]
STATEFUL = True
REQUESTS = [
    *ALL,
    {"method": "PUT", "url": "/overrides"},
    *ALL,
    {"method": "DELETE", "url": "/overrides"},
    *ALL,
]
