"""What an operation says about itself."""

import enum

from fastapi_lite import FastAPI

app = FastAPI()


class Tag(enum.Enum):
    first = "first"
    second = "second"


class Group(str, enum.Enum):  # noqa: UP042  # as most applications write it
    third = "third"


@app.get("/summary", summary="A *summary*", description="Longer\n\ntext")
def summary(): ...


@app.get("/docstring")
def with_docstring():
    """Read from the docstring.

    Indented:

        code

    \f
    Never shown.
    """


@app.get("/described", description="The option\fwins")
def described():
    """The docstring loses."""


@app.get("/tags", tags=["a", Tag.first, Group.third])
def tags(): ...


@app.get("/deprecated", deprecated=True)
def deprecated(): ...


@app.get("/not-deprecated", deprecated=False)
def not_deprecated(): ...


@app.get("/hidden", include_in_schema=False)
def hidden(): ...


@app.get("/id", operation_id="own_id")
def with_id(): ...


@app.get("/named", name="A name")
def named(): ...


@app.get("/snake_case-name/{some_id}/x.y")
def snake_case_name_of_it(some_id): ...


@app.api_route("/several", methods=["GET", "POST", "put"], operation_id="several")
def several(): ...


@app.put("/verbs")
@app.delete("/verbs")
@app.options("/verbs")
@app.head("/verbs")
@app.patch("/verbs")
@app.trace("/verbs")
def verbs(): ...


@app.get("/same")
def same_get(): ...


@app.post("/same")
def same_post(): ...


@app.get(
    "/extra",
    openapi_extra={
        "x-extra": {"a": 1, "none": None},
        "parameters": [{"name": "added", "in": "query", "schema": {"type": "string"}}],
        "responses": {"200": {"description": "replaced", "x-more": True}},
        "tags": ["extra"],
    },
    tags=["own"],
)
def extra(q: int = 1): ...


@app.post(
    "/extra-body",
    openapi_extra={
        "requestBody": {
            "content": {"application/x-yaml": {"schema": {"type": "object", "required": ["name"]}}},
            "required": True,
        }
    },
)
def extra_body(): ...


@app.api_route("/query-method", methods=["QUERY"])
def query_method(q: int = 1): ...


@app.get("/path/{a}/{b:path}/{c:int}")
def convertors(a: str, b: str, c: int): ...


@app.get("/unused/{gone}")
def unused(): ...


app.add_api_route("/added", same_get, methods=["GET"], summary="Added", operation_id="added")


@app.websocket("/ws")
async def websocket(): ...


@app.get(
    "/servers",
    openapi_extra={
        "servers": [{"url": "https://other.example"}],
        "externalDocs": {"url": "https://e.example"},
    },
)
def servers(): ...
