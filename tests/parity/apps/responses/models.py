"""Response models: annotated, told, filtered, inherited, lists, unions, aliases, None."""

from typing import Annotated, Any, Optional, Union

from pydantic import BaseModel, ConfigDict, Field, computed_field

from fastapi_lite import FastAPI
from fastapi_lite.responses import RedirectResponse, Response

app = FastAPI()


class UserBase(BaseModel):
    name: str
    nick: str | None = None


class UserIn(UserBase):
    password: str


class Item(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    item_id: int = Field(alias="itemId")
    price: float = 1.0
    tags: list[str] = []
    note: Optional[str] = None


class Box(BaseModel):
    side: float

    @computed_field
    @property
    def area(self) -> float:
        return self.side**2


@app.post("/users", response_model=UserBase)
def user(user: UserIn) -> Any:
    return user


@app.post("/inherited")
def inherited(user: UserIn) -> UserBase:
    return user


@app.get("/list")
def list_() -> list[Item]:
    return [Item(item_id=1), {"itemId": 2, "price": "3.5"}]


@app.get("/unset", response_model_exclude_unset=True)
def unset() -> Item:
    return Item(item_id=1, price=1.0)


@app.get("/defaults", response_model=Item, response_model_exclude_defaults=True)
def defaults():
    return {"itemId": 1, "price": 1.0, "tags": ["a"]}


@app.get("/none", response_model_exclude_none=True)
def none() -> Item:
    return Item(item_id=1, note=None)


@app.get("/include", response_model=Item, response_model_include={"item_id", "price"})
def include():
    return Item(item_id=1)


@app.get(
    "/exclude",
    response_model=list[Item],
    response_model_exclude={"__all__": {"price"}} and {"price"},
)
def exclude():
    return [Item(item_id=1)]


@app.get("/names", response_model_by_alias=False)
def names() -> Item:
    return Item(item_id=1)


@app.get("/union")
def union(kind: str = "item") -> Union[Item, UserBase, int]:
    return {"item": Item(item_id=1), "user": UserIn(name="a", password="s"), "int": 3}[kind]


@app.get("/optional")
def optional(there: bool = False) -> Item | None:
    return Item(item_id=1) if there else None


@app.get("/computed")
def computed(side: float) -> Box:
    return Box(side=side)


@app.get("/response")
def response(go: bool = False) -> Response:
    return RedirectResponse("/elsewhere") if go else Response(b"raw", media_type="a/b")


@app.get("/either", response_model=None)
def either(raw: bool = False) -> Union[Response, dict]:
    return Response("raw") if raw else {"raw": False}


@app.get("/dict")
def dict_() -> dict[str, Annotated[int, Field(ge=0)]]:
    return {"a": "1", "b": 2}


@app.get("/invalid")
def invalid() -> Item:
    return {"price": "x"}


@app.get("/wrong-model", response_model=UserBase)
def wrong():
    return Item(item_id=1)


@app.get("/nothing", status_code=204)
def nothing() -> None:
    return None


REQUESTS = [
    {"method": "POST", "url": "/users", "json": {"name": "a", "password": "s"}},
    {"method": "POST", "url": "/inherited", "json": {"name": "a", "password": "s", "nick": "b"}},
    *[
        {"url": f"/{name}"}
        for name in ("list", "unset", "defaults", "none", "include", "exclude", "names")
    ],
    {"url": "/union"},
    {"url": "/union?kind=user"},
    {"url": "/union?kind=int"},
    {"url": "/optional"},
    {"url": "/optional?there=1"},
    {"url": "/computed?side=1.5"},
    {"url": "/computed?side=inf"},
    {"url": "/response"},
    {"url": "/response?go=1"},
    {"url": "/either"},
    {"url": "/either?raw=1"},
    {"url": "/dict"},
    {"url": "/invalid"},
    {"url": "/wrong-model"},
    {"url": "/nothing"},
]
