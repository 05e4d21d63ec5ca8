"""Sessions in a cookie: written, read, cleared, forged."""

from fastapi_lite import FastAPI, Request
from fastapi_lite.middleware.sessions import SessionMiddleware

app = FastAPI()
app.add_middleware(
    SessionMiddleware,
    secret_key="secret",
    session_cookie="shop",
    max_age=3600,
    path="/",
    same_site="strict",
    https_only=True,
    domain="parity.example",
)


@app.get("/untouched")
def untouched() -> int:
    return 1


@app.get("/read")
def read(request: Request) -> dict:
    return dict(request.session)


@app.post("/write")
def write(request: Request, value: str) -> dict:
    request.session["value"] = value
    request.session.setdefault("times", 0)
    request.session["times"] += 1
    return request.session


@app.delete("/clear")
def clear(request: Request) -> None:
    request.session.clear()


@app.delete("/pop")
def pop(request: Request) -> str:
    return request.session.pop("value", "nothing")


STATEFUL = True
REQUESTS = [
    {"url": "/untouched"},
    {"url": "/read"},
    {"method": "DELETE", "url": "/clear"},
    {"method": "POST", "url": "/write?value=a", "jar": True},
    {"url": "/untouched", "jar": True},
    {"url": "/read", "jar": True},
    {"method": "POST", "url": "/write?value=%C3%A9", "jar": True},
    {"url": "/read", "jar": True},
    {"method": "DELETE", "url": "/pop", "jar": True},
    {"url": "/read", "jar": True},
    {"method": "DELETE", "url": "/clear", "jar": True},
    {"url": "/read", "jar": True},
    {"url": "/read", "cookies": {"shop": "forged"}},
    {"url": "/read", "cookies": {"shop": "e30=.aaaa.bbbb"}},
    {"method": "POST", "url": "/write?value=a", "cookies": {"shop": ""}},
]
