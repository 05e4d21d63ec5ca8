"""A router that decides itself what it matches, and how it is handled."""

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.routing import APIRoute, Match


class ByHeader(APIRoute):
    def matches(self, scope):
        match, child = super().matches(scope)
        version = dict(scope.get("headers", [])).get(b"x-version", b"1").decode("latin-1")
        if match is not Match.NONE and self.name.endswith(version):
            return match, child
        return Match.NONE, {}


class Announced(APIRoute):
    async def handle(self, scope, receive, send):
        async def announced(message):
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"x-handled", b"yes")]}
            await send(message)

        await super().handle(scope, receive, announced)


app = FastAPI()
versions = APIRouter(prefix="/versions", route_class=ByHeader)
announced = APIRouter(prefix="/announced", route_class=Announced)


@versions.get("/{x}", operation_id="one")
def answer_1(x: int):
    return [1, x]


@versions.get("/{x}", operation_id="two")
def answer_2(x: str):
    return [2, x]


@announced.get("/{x}")
def answer(x: int):
    return x


app.include_router(versions)
app.include_router(announced)

REQUESTS = [
    {"url": "/versions/7"},
    {"url": "/versions/7", "headers": {"x-version": "2"}},
    {"url": "/versions/x", "headers": {"x-version": "1"}},
    {"url": "/versions/x", "headers": {"x-version": "3"}},
    {"method": "POST", "url": "/versions/x", "headers": {"x-version": "2"}},
    {"url": "/announced/1"},
    {"url": "/announced/x"},
    {"method": "POST", "url": "/announced/1"},
]
