"""What the document shows of parameters: hidden, deprecated, with extra schema, by fields of models."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema, WithJsonSchema

from fastapi_lite import Cookie, FastAPI, Header, Path, Query

app = FastAPI()


class Model(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"x-model": True}, title="Shown Title", use_attribute_docstrings=True
    )

    plain: int = 0
    """Documented by a docstring."""
    old: int = Field(0, deprecated=True)
    because: int = Field(0, deprecated="Use plain")
    titled: int = Field(0, title="A Title", json_schema_extra={"x-field": 1})
    examples: int = Field(0, examples=[1, 2])


def change(schema: dict) -> None:
    schema["x-changed"] = True
    schema.pop("title", None)


@app.get("/model")
def model(query: Annotated[Model, Query()]):
    return query


@app.post("/body")
def body(model: Model) -> Model:
    return model


@app.get("/{path}")
def read(
    path: Annotated[str, Path(include_in_schema=True, description="A path")],
    hidden: Annotated[str, Query(include_in_schema=False)] = "",
    x_hidden: Annotated[str, Header(include_in_schema=False)] = "",
    c_hidden: Annotated[str, Cookie(include_in_schema=False)] = "",
    changed: Annotated[int, Query(json_schema_extra=change)] = 0,
    own: Annotated[int, WithJsonSchema({"type": "integer", "format": "int64"}), Query()] = 0,
    skipped: Annotated[int | SkipJsonSchema[None], Query()] = None,
    since: Annotated[int, Query(deprecated=True, title="Since", examples=[1])] = 0,
):
    return [path, hidden, x_hidden, c_hidden, changed, own, skipped, since]


REQUESTS = [
    {"url": "/model?old=1"},
    {"method": "POST", "url": "/body", "json": {"because": 3}},
    {
        "url": "/a?hidden=h&changed=1&own=2&skipped=3",
        "headers": {"x-hidden": "x"},
        "cookies": {"c_hidden": "c"},
    },
    {"url": "/a?own=x&skipped=y"},
]
