"""Routers that are an application by themselves, mounted, with a default of their own."""

from fastapi_lite import APIRouter, Depends, FastAPI, Request
from fastapi_lite.responses import PlainTextResponse


async def nothing(scope, receive, send):
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4004, "reason": ""})
        return
    await PlainTextResponse("default of the router", 418)(scope, receive, send)


def who() -> str:
    return "nobody"


class Overrides:
    dependency_overrides = {who: lambda: "provided"}


router = APIRouter(
    default=nothing, redirect_slashes=False, dependency_overrides_provider=Overrides()
)


@router.get("/who")
def answer(who: str = Depends(who)):
    return who


@router.get("/path/{x}")
def path(request: Request, x: int):
    return [request.url.path, request.scope["root_path"], x]


app = FastAPI()
app.mount("/alone", router)
app.mount("/plain", APIRouter(routes=router.routes))

REQUESTS = [
    {"url": "/alone/who"},
    {"url": "/alone/who/"},
    {"url": "/alone/path/1"},
    {"url": "/alone/path/x"},
    {"url": "/alone/nowhere"},
    {"method": "POST", "url": "/alone/who"},
    {"url": "/plain/who"},
    {"url": "/plain/who/"},
    {"url": "/plain/nowhere"},
    {"websocket": "/alone/nowhere"},
    {"websocket": "/plain/nowhere"},
    {"url": "/alone"},
]
