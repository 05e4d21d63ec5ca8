import dataclasses
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import PydanticJsonSchemaWarning
from typing_extensions import TypedDict

from fastapi_lite import Body, FastAPI, Query


class Opaque:
    pass


class Book(BaseModel):
    title: str
    sequel: "Book | None" = None


def schemas_of(app: FastAPI) -> Any:
    return app.openapi()["components"]["schemas"]


def query_schema(app: FastAPI) -> Any:
    return app.openapi()["paths"]["/"]["get"]["parameters"][0]["schema"]


def test_default_that_json_cannot_say_is_left_out_with_a_warning() -> None:
    app = FastAPI()

    @app.get("/")
    def read(q: Annotated[Any, Query()] = Opaque) -> None: ...

    with pytest.warns(PydanticJsonSchemaWarning, match="is not JSON serializable"):
        schema = query_schema(app)

    assert "default" not in schema


def test_types_that_are_equal_in_another_order_keep_their_order() -> None:
    app = FastAPI()

    @app.get("/")
    def read(a: int | str, b: str | int, c: Literal["x", "y"], d: Literal["y", "x"]) -> None: ...

    parameters = app.openapi()["paths"]["/"]["get"]["parameters"]

    assert [
        parameter["schema"].get("enum")
        or [member["type"] for member in parameter["schema"]["anyOf"]]
        for parameter in parameters
    ] == [["integer", "string"], ["string", "integer"], ["x", "y"], ["y", "x"]]


def test_title_of_a_body_stays_with_that_body() -> None:
    app = FastAPI()

    @app.post("/titled")
    def titled(book: Annotated[Book, Body(title="The book")]) -> None: ...

    @app.post("/plain")
    def plain(book: Book) -> None: ...

    paths = app.openapi()["paths"]

    assert [
        paths[path]["post"]["requestBody"]["content"]["application/json"]["schema"].get("title")
        for path in ("/titled", "/plain")
    ] == ["The book", None]


def test_metadata_that_cannot_be_hashed_is_no_obstacle() -> None:
    app = FastAPI()

    @app.get("/")
    def read(q: Annotated[list[Annotated[int, Field(gt=0)]], Query()]) -> None: ...

    assert query_schema(app)["items"] == {"type": "integer", "exclusiveMinimum": 0}


BASE64 = ConfigDict(val_json_bytes="base64")


@dataclasses.dataclass
class AsDataclass:
    __pydantic_config__ = BASE64
    data: bytes


class AsTypedDict(TypedDict):
    __pydantic_config__ = BASE64  # type: ignore[misc]  # pydantic's own way
    data: bytes


class AsModel(BaseModel):
    model_config = BASE64
    data: Annotated[bytes, Field(min_length=3)]


@pytest.mark.parametrize("type_", [AsDataclass, AsTypedDict, AsModel])
def test_bytes_are_base64_where_the_class_says_so(type_: Any) -> None:
    app = FastAPI()

    @app.post("/")
    def write(value: type_) -> None: ...

    schema = schemas_of(app)[type_.__name__]["properties"]["data"]

    assert (schema["contentEncoding"], schema["contentMediaType"]) == (
        "base64",
        "application/octet-stream",
    )


def test_bytes_after_a_class_with_base64_are_not() -> None:
    class Outer(BaseModel):
        inner: AsModel
        data: bytes

    app = FastAPI()

    @app.post("/")
    def write(value: Outer) -> None: ...

    assert "contentEncoding" not in schemas_of(app)["Outer"]["properties"]["data"]


def test_recursive_model_refers_to_itself() -> None:
    app = FastAPI()

    @app.post("/")
    def write(book: Book) -> None: ...

    assert schemas_of(app)["Book"]["properties"]["sequel"]["anyOf"][0] == {
        "$ref": "#/components/schemas/Book"
    }
