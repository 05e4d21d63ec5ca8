# ruff: noqa: B006 - defaults as users write them
"""Rarer parameters: bodies as the document sees them, annotations as text, odd requests."""

from __future__ import annotations

from typing import Annotated, Any, Final, Generic, TypeVar

import pytest
from pydantic import AfterValidator, AliasPath, BaseModel, Field, Json, JsonValue
from pydantic_core import core_schema

from fastapi_lite import (
    Body,
    Cookie,
    Depends,
    FastAPI,
    File,
    Form,
    Header,
    Query,
    Request,
    UploadFile,
)
from fastapi_lite.datastructures.multidict import parse_query
from fastapi_lite.dependencies.annotations import is_scalar, issubclass_safe
from fastapi_lite.dependencies.extraction import compile_path_reader
from fastapi_lite.dependencies.models import Parameter
from fastapi_lite.dependencies.signature import evaluate, mentions_text, typed_signature
from fastapi_lite.dependencies.slots import Slot
from fastapi_lite.exceptions import FastAPIError
from fastapi_lite.params import Path
from fastapi_lite.requests import ClientDisconnect
from fastapi_lite.routing import APIRoute
from tests.conftest import ClientFactory

T = TypeVar("T")


class Item(BaseModel):
    name: str


class Tagged(BaseModel):
    tag: str
    x_size: int = 0


def two(item: Item, other: Item) -> None: ...


def optional_two(item: Item | None = None, word: Annotated[str, Body()] = "w") -> None: ...


def form(name: Annotated[str, Form()], made: Annotated[str, Form(default_factory=str)]) -> None: ...


def files(file: UploadFile, name: Annotated[str, Form()]) -> None: ...


def one(item: Item) -> None: ...


@pytest.mark.parametrize(
    ("endpoint", "kind", "media_type", "required"),
    [
        (two, Body, "application/json", True),
        (optional_two, Body, "application/json", False),
        (form, Form, "application/x-www-form-urlencoded", True),
        (files, File, "multipart/form-data", True),
    ],
)
def test_several_bodies_are_documented_as_a_model_of_them(
    endpoint: Any, kind: Any, media_type: str, required: bool
) -> None:
    field = APIRoute("/", endpoint, methods=["POST"]).body_field
    assert field is not None
    assert type(field.field_info) is type(kind())
    assert field.field_info.media_type == media_type  # type: ignore[attr-defined]
    assert field.annotation.__name__ == f"Body_{endpoint.__name__}__post"
    assert field.required is required


def test_one_body_is_documented_as_itself() -> None:
    field = APIRoute("/", one, methods=["POST"]).body_field
    assert field is not None
    assert (field.name, field.annotation) == ("item", Item)


def test_optional_body_alone_may_be_left_out(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/")
    async def read(item: Item | None = None) -> Any:
        return item

    client = client_for(app)
    assert client.post("/").json() is None
    assert client.post("/", json={"name": "a"}).json() == {"name": "a"}


def test_body_beside_a_parameter_may_be_left_out(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/")
    async def read(q: int, item: Item | None = None) -> Any:
        return [q, item]

    assert client_for(app).post("/?q=1").json() == [1, None]


def test_escaped_queries_are_decoded(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(q: str, words: Annotated[list[str], Query()] = []) -> Any:
        return [q, words]

    client = client_for(app)
    assert client.get("/?q=a%20b&words=c+d&&other=1").json() == ["a b", ["c d"]]
    assert client.get("/?q=%E4%BD%A0").json() == ["你", []]
    assert parse_query(b"a=%41&b=1&&c") == [("a", "A"), ("b", "1"), ("c", "")]


def test_one_name_for_two_parameters(client_for: ClientFactory) -> None:
    app = FastAPI()

    def limit(limit: int) -> int:
        return limit

    @app.get("/")
    async def read(limit: str, number: int = Depends(limit)) -> Any:
        return [limit, number]

    assert client_for(app).get("/?limit=3").json() == ["3", 3]


def test_models_of_headers_name_the_field_as_it_is_sent(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(tagged: Annotated[Tagged, Header()]) -> Any:
        return tagged.x_size

    @app.get("/plain")
    async def plain(x_size: Annotated[int, Header()] = 0) -> Any:
        return x_size

    @app.get("/kept")
    async def kept(x_size: Annotated[int, Header(convert_underscores=False)] = 0) -> Any:
        return x_size

    client = client_for(app)
    places = [one["loc"] for one in client.get("/", headers={"x-size": "b"}).json()["detail"]]
    assert places == [["header", "tag"], ["header", "x-size"]]
    assert client.get("/", headers={"tag": "a", "x-size": "2"}).json() == 2
    for path, name in (("/plain", "x-size"), ("/kept", "x_size")):
        response = client.get(path, headers={name: "b"})
        assert response.json()["detail"][0]["loc"] == ["header", name]
        assert client.get(path).json() == 0


def test_default_is_validated_where_that_is_told(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(
        size: Annotated[int, Query(validate_default=True)] = "7",  # type: ignore[assignment]
        other: int = 0,
    ) -> Any:
        return size

    @app.get("/text")
    async def text(number: int, word: str = "w", theme: Annotated[str, Cookie()] = "t") -> Any: ...

    client = client_for(app)
    assert client.get("/").json() == 7
    assert client.get("/?other=x").status_code == 422
    assert client.get("/text?word=a").status_code == 422
    assert client.get("/text?number=1").json() is None


def test_path_without_the_parameter_leaves_it_out() -> None:
    raw: dict[str, Any] = {}
    info = Path()
    info.annotation = int
    compile_path_reader([Slot("p0", Parameter("number", info))])({"path_params": {}}, raw)
    assert raw == {}


@pytest.mark.anyio
@pytest.mark.parametrize(("error", "status"), [(ValueError, 400), (ClientDisconnect, None)])
async def test_what_ends_the_reading_of_a_form(error: type[Exception], status: int | None) -> None:
    app = FastAPI()

    @app.post("/")
    async def read(name: Annotated[str, Form()]) -> None: ...

    async def receive() -> Any:
        raise error

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    await app({**scope, "query_string": b""}, receive, send)

    assert [one["status"] for one in sent if "status" in one] == ([status] if status else [])


class Unusual(type):
    def __subclasscheck__(cls, other: type) -> bool:
        raise TypeError("not to be asked")


class NeverAsked(metaclass=Unusual):
    pass


def test_classes_that_cannot_be_asked_are_not_what_is_looked_for() -> None:
    assert issubclass_safe(int, NeverAsked) is False
    assert is_scalar(Annotated[int, Field(gt=1)])


class Needy:
    def __init__(self, word: str, here: Final[int] = 1) -> None: ...


class Callable_:  # noqa: N801 - a class that is called
    def __call__(self, number: int, other: Undefined = Depends(dict)) -> None: ...  # noqa: F821


def test_annotations_as_text_are_evaluated_where_they_are_written() -> None:
    assert typed_signature(Needy).parameters["word"].annotation is str
    called = typed_signature(Callable_()).parameters
    assert called["number"].annotation is int
    assert mentions_text(called["other"].annotation)
    assert evaluate("list[Undefined]", {}).__args__[0].__forward_arg__ == "Undefined"
    assert evaluate("not python at all", {}) == "not python at all"
    assert evaluate(list["Undefined"], {}) == list["Undefined"]  # type: ignore[name-defined]  # noqa: F821
    assert not mentions_text(Annotated[int, "text"])


def test_any_json_is_a_body(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/")
    def read(value: JsonValue) -> Any:
        return value

    assert client_for(app).post("/", json=[1, {"a": None}]).json() == [1, {"a": None}]


class Celsius(Generic[T]):
    """A type with a schema of its own."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return core_schema.float_schema()


def test_generic_type_with_a_schema_of_its_own_is_a_body() -> None:
    def read(degrees: Any) -> None: ...

    read.__annotations__ = {"degrees": Celsius[int]}
    route = APIRoute("/", read)
    assert [one.name for one in route.dependant.body_params] == ["degrees"]


def test_final_parameters_are_what_they_stand_for() -> None:
    def read(number: Any) -> None: ...

    read.__annotations__ = {"number": Final[int]}
    assert APIRoute("/", read).dependant.query_params[0].annotation is int


def test_field_beside_a_declaration_completes_it() -> None:
    field = Field(5, title="Field", description="From the field", examples=[1], ge=1)

    def read(number: Any, other: Any) -> None: ...

    read.__annotations__ = {
        "number": Annotated[int, field, Query(title="Query", examples=[2])],
        "other": Annotated[int, field, Query(default_factory=int)],
    }
    number, other = APIRoute("/", read).dependant.query_params
    info = number.field_info
    assert (info.title, info.description, info.examples) == ("Query", "From the field", [2])
    assert (number.get_default(), other.get_default()) == (5, 0)


def test_metadata_that_cannot_be_hashed_is_documented() -> None:
    app = FastAPI()

    def read(number: Any) -> None: ...

    read.__annotations__ = {"number": Annotated[int, ["a note"], Query()]}
    app.get("/")(read)
    (parameter,) = app.openapi()["paths"]["/"]["get"]["parameters"]
    assert parameter["schema"] == {"type": "integer", "title": "Number"}


def test_declarations_are_compared_by_identity() -> None:
    one = Query()
    assert one == one
    assert one != Query()


def test_path_of_an_alias_that_leads_nowhere_is_passed_over(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(
        word: Annotated[str, Cookie(validation_alias=AliasPath("words", "a"))] = "none",
    ) -> Any:
        return word

    @app.get("/extra")
    async def extra(loose: Annotated[Loose, Cookie()]) -> Any:
        return loose

    client = client_for(app)
    assert client.get("/", headers={"cookie": "words=x"}).json() == "none"
    assert client.get("/", headers={"cookie": "word=x"}).json() == "x"
    assert client.get("/extra", headers={"cookie": "a=1; b=2"}).json() == {"a": "1", "b": "2"}


class Loose(BaseModel, extra="allow"):
    a: str


@pytest.mark.parametrize(
    "unfit", [Annotated[str, Query(gt=3)], Annotated[int, Query(max_length=3)]]
)
def test_constraint_that_the_type_cannot_have_is_refused(unfit: Any) -> None:
    def read(value: Any) -> None: ...

    read.__annotations__["value"] = unfit
    with pytest.raises(FastAPIError, match=r"parameter 'value'.*Unable to apply constraint"):
        FastAPI().get("/")(read)


SEEN: list[int] = []


def test_validators_of_users_do_not_run_before_the_first_request() -> None:
    @FastAPI().get("/")
    def read(value: Annotated[int, AfterValidator(SEEN.append)]) -> None: ...

    assert SEEN == []


class Point(BaseModel):
    x: int


def test_model_in_json_text_is_one_field_of_a_form(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/")
    def read(point: Annotated[Json[Point], Form()]) -> int:
        return point.x

    client = client_for(app)
    wrong = client.post("/", data={"point": "?"}).json()["detail"][0]["loc"]
    assert (client.post("/", data={"point": '{"x": 1}'}).json(), wrong) == (1, ["body", "point"])


@pytest.mark.parametrize("size", [10, 50_000])
def test_urlencoded_form_is_read_alike_whatever_its_size(
    client_for: ClientFactory, size: int
) -> None:
    app = FastAPI()

    @app.post("/")
    async def read(request: Request, note: Annotated[str, Form()], tag: list[str] = Form()) -> Any:
        return [len(note), tag, (await request.form()).getlist("tag")]

    sent = {"note": "ä" * size, "tag": ["a b", "c%"]}
    answer = client_for(app).post("/", data=sent)
    assert answer.json() == [size, ["a b", "c%"], ["a b", "c%"]]


@pytest.mark.parametrize("size", [10, 300_000])
def test_urlencoded_form_above_a_limit_is_refused(client_for: ClientFactory, size: int) -> None:
    app = FastAPI(form_limits={"max_fields": 1})

    @app.post("/")
    async def read(note: Annotated[str, Form()]) -> None: ...

    answer = client_for(app).post("/", data={"note": "x" * size, "more": "1"})
    assert answer.status_code == 400
    assert answer.json() == {"detail": "Too many fields. Maximum number of fields is 1."}


def test_large_form_above_a_limit_of_size_is_refused(client_for: ClientFactory) -> None:
    app = FastAPI(form_limits={"max_part_size": 1024})

    @app.post("/")
    async def read(note: Annotated[str, Form()]) -> None: ...

    client = client_for(app)
    for size in (2_000, 300_000):
        answer = client.post("/", data={"note": "x" * size})
        assert answer.json() == {"detail": "Field exceeded maximum size of 1KB."}
