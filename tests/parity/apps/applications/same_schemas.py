"""Without separate schemas for what comes in and what goes out."""

from pydantic import BaseModel, computed_field

from fastapi_lite import FastAPI

app = FastAPI(separate_input_output_schemas=False)


class Sub(BaseModel):
    subname: str
    tags: list[str] = []

    @computed_field
    @property
    def loud(self) -> str:
        return self.subname.upper()


class Item(BaseModel):
    name: str
    description: str | None = None
    sub: Sub | None = None
    model_config = {"json_schema_serialization_defaults_required": True}


@app.post("/items")
def create(item: Item) -> Item:
    return item


@app.get("/items")
def read() -> list[Item]:
    return [Item(name="a", sub=Sub(subname="b"))]


@app.put("/subs")
def subs(sub: Sub) -> Sub:
    return sub


REQUESTS = [
    {"method": "POST", "url": "/items", "json": {"name": "a", "sub": {"subname": "s"}}},
    {"method": "POST", "url": "/items", "json": {"name": "a", "sub": {"loud": "s"}}},
    {"url": "/items"},
    {"method": "PUT", "url": "/subs", "json": {"subname": "x", "loud": "ignored"}},
    {"method": "PUT", "url": "/subs", "json": {}},
]
