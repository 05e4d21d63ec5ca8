"""Sessions that last until the browser is closed, in part of a site."""

from fastapi_lite import FastAPI, Request
from fastapi_lite.middleware.sessions import SessionMiddleware

app = FastAPI()
app.add_middleware(
    SessionMiddleware, secret_key="secret", max_age=None, path="/shop", partitioned=True
)


@app.get("/shop/visit")
def visit(request: Request) -> int:
    request.session["visits"] = request.session.get("visits", 0) + 1
    return request.session["visits"]


STATEFUL = True
REQUESTS = [{"url": "/shop/visit", "jar": True} for _ in range(3)]
