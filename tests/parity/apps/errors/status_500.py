"""A handler of 500: of what fails, and what is raised as an HTTPException of that status."""

from fastapi_lite import FastAPI, HTTPException, Request
from fastapi_lite.responses import PlainTextResponse


def crashed(request: Request, error: Exception) -> PlainTextResponse:
    return PlainTextResponse(f"crashed: {type(error).__name__}", 500)


app = FastAPI(exception_handlers={500: crashed})


@app.get("/value")
async def value():
    raise ValueError


@app.get("/http")
async def http():
    raise HTTPException(500, "told", {"x-told": "1"})


@app.get("/other")
async def other():
    raise HTTPException(501)


@app.post("/body")
async def body(request: Request):
    await request.json()


REQUESTS = [
    {"url": "/value"},
    {"url": "/http"},
    {"url": "/other"},
    {"method": "POST", "url": "/body", "content": b"{"},
    {"method": "POST", "url": "/body", "content": b"{}"},
    {"url": "/nowhere"},
]
