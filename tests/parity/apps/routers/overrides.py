"""Overridden dependencies, at every depth and of every kind of route."""

from typing import Annotated

from fastapi_lite import APIRouter, Depends, FastAPI, Header, Query, WebSocket


def user(x_user: Annotated[str, Header()]) -> str:
    return x_user


class Settings:
    def __init__(self, size: int = 1):
        self.size = size


async def database(settings: Annotated[Settings, Depends()]):
    yield f"database of {settings.size}"


app = FastAPI()
router = APIRouter(prefix="/r", dependencies=[Depends(user)])
inner = APIRouter()
mounted = FastAPI()


@inner.get("/inner")
def read(user: Annotated[str, Depends(user)], database: Annotated[str, Depends(database)]):
    return [user, database]


@mounted.get("/")
def in_mount(user: Annotated[str, Depends(user)]):
    return user


@inner.websocket("/ws")
async def socket(websocket: WebSocket, user: Annotated[str, Depends(user)]):
    await websocket.accept()
    await websocket.send_text(user)
    await websocket.close()


def other_user(name: Annotated[str, Query()] = "other") -> str:
    return name


async def other_database():
    yield "other database"


class Other(Settings):
    def __init__(self, number: Annotated[int, Query(le=9)] = 3):
        super().__init__(number)


@app.post("/override/{what}")
def override(what: str):
    replacements = {"user": (user, other_user), "database": (database, other_database)}
    replacements["settings"] = (Settings, Other)
    if what == "nothing":
        app.dependency_overrides.clear()
    elif what in replacements:
        app.dependency_overrides[replacements[what][0]] = replacements[what][1]
    return len(app.dependency_overrides)


router.include_router(inner)
app.include_router(router)
app.mount("/mounted", mounted)
ANN = {"x-user": "ann"}
REQUESTS = [
    {"url": "/r/inner"},
    {"url": "/r/inner?size=3", "headers": ANN},
    {"method": "POST", "url": "/override/user"},
    {"url": "/r/inner"},
    {"url": "/r/inner?name=x&size=y"},
    {"url": "/mounted/"},
    {"websocket": "/r/ws?name=socket"},
    {"method": "POST", "url": "/override/settings"},
    {"url": "/r/inner?number=5"},
    {"url": "/r/inner?number=50&size=2"},
    {"method": "POST", "url": "/override/database"},
    {"url": "/r/inner?number=50"},
    {"method": "POST", "url": "/override/nothing"},
    {"websocket": "/r/ws?name=socket"},
    {"websocket": "/r/ws", "headers": ANN},
]
