"""Options of the application that hold for all its operations."""

from enum import Enum
from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import APIRouter, Cookie, Depends, FastAPI


class Problem(BaseModel):
    title: str


class Tag(Enum):
    ITEMS = "items"
    USERS = 7


def session(session: Annotated[str | None, Cookie()] = None):
    return session


def unique(route):
    return f"{route.name}-{len(route.tags)}-{min(route.methods)}"


app = FastAPI(
    responses={
        403: {"description": "No", "model": Problem},
        "5XX": {"description": "Ours"},
        404: {"model": Problem},
    },
    deprecated=True,
    dependencies=[Depends(session)],
    generate_unique_id_function=unique,
)
router = APIRouter(tags=[Tag.USERS])


@app.get("/items", tags=[Tag.ITEMS, "extra"], responses={404: {"description": "Other"}})
def items():
    """Summary of it.

    Text of it.\fNot shown.
    """
    return []


@app.delete("/items", deprecated=False, response_description="Gone", summary="Remove")
def remove() -> None: ...


@router.get("/users/{user}", description="Said here", operation_id="one_user")
def user(user: int):
    """Not said."""
    return user


@app.get("/hidden", include_in_schema=False)
def hidden():
    return [route.path for route in app.routes if getattr(route, "include_in_schema", True)][:2]


app.include_router(router)

REQUESTS = [
    {"url": "/items"},
    {"method": "DELETE", "url": "/items"},
    {"url": "/users/1"},
    {"url": "/users/x", "cookies": {"session": "a"}},
    {"url": "/hidden"},
]
