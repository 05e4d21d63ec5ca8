"""All that an operation can be told, in one place; several methods, one path."""

from enum import Enum

from fastapi_lite import FastAPI, Query
from fastapi_lite.responses import JSONResponse

app = FastAPI()


class Tags(Enum):
    items = "items"
    users = "users"


@app.get(
    "/told/{item_id}",
    tags=[Tags.items, "other"],
    summary="A summary",
    description="A *description*",
    response_description="What comes back",
    operation_id="told",
    deprecated=True,
    status_code=202,
    name="named",
    openapi_extra={
        "x-extra": {"a": [1]},
        "parameters": [{"name": "X-More", "in": "header", "schema": {"type": "string"}}],
        "responses": {"202": {"x-more": True}},
    },
)
def told(item_id: int):
    """Not shown."""
    return item_id


@app.get("/docstring")
def docstring():
    """
    The first line.

    - a list
      with more
    \f
    :param hidden: not shown
    """


@app.get("/hidden", include_in_schema=False)
def hidden():
    return "hidden"


@app.api_route("/several", methods=["GET", "post", "PUT"], tags=["several"])
def several(q: str = Query("x")):
    return q


@app.options("/options")
def options():
    return "options"


@app.head("/head")
def head():
    return None


@app.patch("/patch")
def patch():
    return "patch"


@app.trace("/trace")
def trace():
    return "trace"


@app.delete("/same/{x}")
def delete(x: int):
    return x


@app.put("/same/{y}")
def put(y: str):
    return y


def added(n: int = 1):
    return JSONResponse(n)


app.add_api_route("/added", added, methods=["DELETE"], summary="Added")
REQUESTS = [
    {"url": "/told/1"},
    {"url": "/docstring"},
    {"url": "/hidden"},
    {"url": "/several"},
    {"method": "POST", "url": "/several?q=1"},
    {"method": "PATCH", "url": "/several"},
    {"method": "OPTIONS", "url": "/options"},
    {"method": "HEAD", "url": "/head"},
    {"method": "PATCH", "url": "/patch"},
    {"method": "TRACE", "url": "/trace"},
    {"method": "DELETE", "url": "/same/x"},
    {"method": "PUT", "url": "/same/x"},
    {"method": "DELETE", "url": "/added?n=x"},
]
