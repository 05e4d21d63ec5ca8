"""Options that do not exist, or not any more, are refused; those that make no sense as well."""

from typing import Annotated

from fastapi_lite import APIRouter, FastAPI, Query

app = FastAPI()

ATTEMPTS = {
    "openapi_prefix": lambda: FastAPI(openapi_prefix="/x"),
    "unknown": lambda: FastAPI(titel="x"),
    "positional": lambda: FastAPI(True),
    "no title": lambda: FastAPI(title=""),
    "no version": lambda: FastAPI(version=""),
    "router middleware": lambda: APIRouter(middleware=[]),
    "query": lambda: Query(unknown=1),
    "limit": lambda: FastAPI(max_body_size=-1),
    "limit of bool": lambda: APIRouter(max_body_size=True),
    "limit as text": lambda: FastAPI(max_body_size="1"),
    "form limits": lambda: FastAPI(form_limits={"max_size": 1}),
    "prefix": lambda: APIRouter(prefix="x"),
    "prefix with slash": lambda: APIRouter(prefix="/x/"),
}


@app.get("/attempts/{name}")
def attempt(name: str):
    try:
        ATTEMPTS[name]()
    except (TypeError, AssertionError, ValueError):
        return "refused"
    return "accepted"


@app.get("/names")
def names(match: Annotated[str, Query(pattern="^[a-z]")] = "a") -> list[str]:
    return [name for name in ATTEMPTS if match in name]


REQUESTS = [
    *({"url": f"/attempts/{name}"} for name in ATTEMPTS),
    {"url": "/names"},
    {"url": "/names?match=9"},
]
