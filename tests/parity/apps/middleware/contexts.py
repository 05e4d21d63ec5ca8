"""Exit stacks of other names, and middleware that reads what others wrote into the scope."""

from fastapi_lite import Depends, FastAPI, Request
from fastapi_lite.middleware.asyncexitstack import AsyncExitStackMiddleware

app = FastAPI()
app.add_middleware(AsyncExitStackMiddleware, context_name="mine")
closed: list[str] = []


async def resource(request: Request):
    request.scope["mine"].callback(closed.append, "callback")
    yield "resource"
    closed.append("dependency")


@app.get("/")
async def read(resource: str = Depends(resource)) -> str:
    return resource


@app.get("/closed")
async def read_closed() -> list[str]:
    return closed


STATEFUL = True
REQUESTS = [{"url": "/"}, {"url": "/closed"}]
