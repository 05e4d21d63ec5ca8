"""Cookies and headers of answers: every attribute, odd values, several of one name, deletion, redirects."""

from datetime import datetime, timezone

from fastapi_lite import FastAPI, HTTPException, Response
from fastapi_lite.responses import JSONResponse, PlainTextResponse, RedirectResponse

app = FastAPI()


@app.get("/cookies")
def cookies(response: Response):
    response.set_cookie("plain", "value")
    response.set_cookie("quoted", 'a "b"; c,d\\')
    response.set_cookie("unicode", "é")
    response.set_cookie("all", "x", 5, None, "/p", "example.com", True, True, "strict")
    response.set_cookie("bare", "x", samesite=None, secure=True)
    response.set_cookie("when", "x", expires=datetime(2030, 1, 2, tzinfo=timezone.utc))
    response.set_cookie("empty")
    response.set_cookie("plain", "again", path=None)
    return None


@app.get("/headers")
def headers(response: Response):
    response.headers["X-One"] = "1"
    response.headers["x-one"] = "2"
    response.headers.append("X-Many", "a")
    response.headers.append("X-Many", "b")
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Latin"] = "é"
    response.status_code = 226
    return {}


@app.get("/both")
def both(response: Response):
    response.set_cookie("injected", "1")
    response.headers["X-Own"] = "injected"
    returned = JSONResponse([], headers={"X-Own": "returned"})
    returned.set_cookie("returned", "2")
    return returned


@app.get("/redirect")
def redirect(to: str = "/é ?a=b&c#d", status: int = 307):
    return RedirectResponse(to, status, headers={"X-Why": "moved"})


@app.get("/class", response_class=RedirectResponse, status_code=303)
def by_class():
    return "https://example.com/a b?c=d|e"


@app.get("/fails")
def fails(response: Response):
    response.set_cookie("lost", "1")
    raise HTTPException(401, headers={"Set-Cookie": "kept=1"})


@app.get("/text", response_class=PlainTextResponse)
def text(response: Response):
    response.headers["X-Text"] = "yes"
    return "é"


REQUESTS = [
    *({"url": f"/{path}"} for path in ("cookies", "headers", "both", "redirect", "class", "fails")),
    {"url": "/redirect?to=//evil&status=308"},
    {"url": "/redirect?to=%00%0d%0aX:%20y"},
    {"url": "/redirect?to=&status=301"},
    {"url": "/text"},
]
