from collections.abc import Callable, Iterator
from decimal import Decimal
from math import inf
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError

from fastapi_lite import APIRouter, Body, Depends, FastAPI, Query
from fastapi_lite.exceptions import FastAPIDeprecationWarning
from fastapi_lite.openapi.models import OpenAPI
from fastapi_lite.openapi.utils import (
    generate_operation_id,
    generate_operation_summary,
    get_fields_from_routes,
    get_openapi,
    get_openapi_operation_metadata,
    get_openapi_operation_request_body,
    get_openapi_path,
)
from fastapi_lite.routing.routes import BaseRoute
from fastapi_lite.routing.tree import Operation
from fastapi_lite.security import APIKeyHeader


class Book(BaseModel):
    title: str


def library() -> FastAPI:
    """An application whose last route has everything."""
    app = FastAPI()

    @app.post(
        "/shelves/{shelf}/books", tags=["books"], dependencies=[Depends(APIKeyHeader(name="k"))]
    )
    def put_book(
        shelf: int, book: Annotated[Book, Body(embed=True)], late: Annotated[bool, Query()] = False
    ) -> Book: ...

    return app


def test_document_of_no_routes_has_title_version_and_no_paths() -> None:
    assert get_openapi(title="", version="", routes=[]) == {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": {},
    }


def test_document_has_the_version_it_is_told() -> None:
    document = get_openapi(title="t", version="1", openapi_version="3.1.1", routes=[])

    assert document["openapi"] == "3.1.1"


def streaming_routes() -> list[BaseRoute]:
    router = APIRouter()

    @router.get("/numbers")
    def count() -> Iterator[int]:
        yield 1  # pragma: no cover - only described

    return router.routes


def query_routes() -> list[BaseRoute]:
    router = APIRouter()
    router.api_route("/books", methods=["QUERY"])(lambda: None)
    return router.routes


def routes_with_callbacks() -> list[BaseRoute]:
    router = APIRouter()
    router.get("/books", callbacks=streaming_routes())(lambda: None)
    return router.routes


@pytest.mark.parametrize("make", [streaming_routes, query_routes, routes_with_callbacks])
@pytest.mark.parametrize("part", ["routes", "webhooks"])
def test_document_has_the_version_of_what_is_in_it(
    make: Callable[[], list[BaseRoute]], part: str
) -> None:
    parts: dict[str, Any] = {"routes": [], part: make()}
    assert get_openapi(title="t", version="1", **parts)["openapi"] == "3.2.0"


@pytest.mark.parametrize(
    "extra",
    [
        {"callbacks": {"sold": {"$ref": "#/components/callbacks/sold"}}},
        {"responses": {"200": {"$ref": "#/components/responses/books"}}},
    ],
)
def test_document_refers_to_what_is_elsewhere(extra: dict[str, Any]) -> None:
    router = APIRouter()
    router.get("/books", openapi_extra=extra)(lambda: None)
    assert get_openapi(title="t", version="1", routes=router.routes)["openapi"] == "3.1.0"


def test_document_has_the_version_it_is_told_whatever_is_in_it() -> None:
    document = get_openapi(
        title="t", version="1", openapi_version="3.1.1", routes=streaming_routes()
    )
    assert document["openapi"] == "3.1.1"


def test_document_has_all_that_is_said_of_the_api() -> None:
    document = get_openapi(
        title="t",
        version="1",
        summary="s",
        description="d",
        terms_of_service="https://t.example",
        contact={"name": "n"},
        license_info={"name": "MIT"},
        servers=[{"url": "/"}],
        tags=[{"name": "a"}],
        external_docs={"url": "https://e.example"},
        routes=[],
    )

    assert document == {
        "openapi": "3.1.0",
        "info": {
            "title": "t",
            "summary": "s",
            "description": "d",
            "termsOfService": "https://t.example",
            "contact": {"name": "n"},
            "license": {"name": "MIT"},
            "version": "1",
        },
        "servers": [{"url": "/"}],
        "paths": {},
        "tags": [{"name": "a"}],
        "externalDocs": {"url": "https://e.example/"},
    }


def test_what_openapi_does_not_allow_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"servers\.0\.url"):
        get_openapi(title="t", version="1", routes=[], servers=[{"description": "no address"}])


def test_document_takes_operations_as_well_as_routes() -> None:
    routes = library().routes
    operations = [Operation(routes[-1])]

    assert (
        get_openapi(title="t", version="1", routes=operations)["paths"]
        == get_openapi(title="t", version="1", routes=routes)["paths"]
    )


def test_routes_that_are_no_operations_are_left_out() -> None:
    app = FastAPI()
    app.mount("/other", FastAPI())

    assert get_openapi(title="t", version="1", routes=app.routes)["paths"] == {}


def test_path_of_one_route_has_its_schemas_beside_it() -> None:
    item, security, definitions = get_openapi_path(route=library().routes[-1], operation_ids=set())

    assert (list(item), list(security), sorted(definitions)) == (
        ["post"],
        ["APIKeyHeader"],
        [
            "Body_put_book_shelves__shelf__books_post",
            "HTTPValidationError",
            "ValidationError",
        ],
    )


def test_path_of_a_hidden_route_is_empty() -> None:
    app = FastAPI()

    @app.get("/", include_in_schema=False)
    def read() -> None: ...

    assert get_openapi_path(route=app.routes[-1], operation_ids=set()) == ({}, {}, {})


def test_metadata_says_what_an_operation_is() -> None:
    ids: set[str] = set()

    written = get_openapi_operation_metadata(
        route=library().routes[-1], method="POST", operation_ids=ids
    )

    assert written == {
        "tags": ["books"],
        "summary": "Put Book",
        "operationId": "put_book_shelves__shelf__books_post",
    }
    assert ids == {"put_book_shelves__shelf__books_post"}


def test_request_body_is_written_of_its_field() -> None:
    app = FastAPI()

    @app.post("/")
    def put(book: Annotated[Book, Body(description="New")]) -> None: ...

    assert get_openapi_operation_request_body(body_field=app.routes[-1].body_field) == {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Book", "description": "New"}
            }
        },
    }


def test_without_a_body_nothing_is_written() -> None:
    assert get_openapi_operation_request_body(body_field=None) is None


def test_fields_are_parameters_bodies_and_responses() -> None:
    fields = get_fields_from_routes(library().routes)

    assert [field.name for field in fields] == ["shelf", "late", "book", "response"]


def test_summary_is_made_of_the_name() -> None:
    assert generate_operation_summary(route=library().routes[-1], method="POST") == "Put Book"


@pytest.mark.parametrize(
    ("operation_id", "expected"), [(None, "read_a__b__put"), ("given", "given")]
)
def test_operation_id_is_still_made_on_demand(operation_id: str | None, expected: str) -> None:
    app = FastAPI()

    @app.get("/a/{b}", operation_id=operation_id)
    def read(b: int) -> None: ...

    with pytest.warns(FastAPIDeprecationWarning, match="was deprecated"):
        made = generate_operation_id(route=app.routes[-1], method="PUT")

    assert made == expected


def test_document_is_the_same_object_until_routes_change() -> None:
    app = library()

    assert app.openapi() is app.openapi()


def test_document_is_made_anew_when_an_included_router_grows() -> None:
    app, router = FastAPI(), APIRouter()
    app.include_router(router)
    before = list(app.openapi()["paths"])

    @router.get("/late")
    def late() -> None: ...

    assert (before, list(app.openapi()["paths"])) == ([], ["/late"])


def test_same_model_in_many_operations_is_written_once() -> None:
    app = FastAPI()
    for number in range(3):

        @app.get(f"/{number}", name=f"n{number}")
        def read() -> list[Book]: ...

    assert list(app.openapi()["components"]["schemas"]) == ["Book"]


def test_writing_the_document_leaves_declarations_alone() -> None:
    app = FastAPI()
    responses: dict[int | str, dict[str, Any]] = {404: {"model": Book, "description": "Gone"}}
    extra = {"tags": ["b"]}

    @app.get("/", responses=responses, openapi_extra=extra, tags=["a"])
    def read() -> None: ...

    app.openapi()

    assert (responses, extra) == ({404: {"model": Book, "description": "Gone"}}, {"tags": ["b"]})


def document_with(extra: dict[str, Any]) -> dict[str, Any]:
    """Of an operation that has a parameter, and `extra` beside it."""
    router = APIRouter()
    router.get("/books/{number}", openapi_extra=extra)(get_book)
    return get_openapi(title="", version="", routes=router.routes)


def get_book(number: int) -> None: ...


def test_models_leave_paths_of_parameters_as_they_are() -> None:
    """Which is why they are not asked."""
    document = document_with({})
    assert OpenAPI.model_validate(document).paths == document["paths"]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"x-shelf": None}, {}),
        ({"x-shelf": {"_sa_state": 1, "row": 2}}, {"x-shelf": {"row": 2}}),
        ({"x-shelf": [None, {"row": None}]}, {"x-shelf": [None, {}]}),
        ({"x-shelf": Decimal("1.5")}, {"x-shelf": "1.5"}),
        ({"x-shelf": inf}, {}),
        ({"x-shelf": "\ud800"}, {"x-shelf": "\ud800"}),
        ({"x-shelf": ":null"}, {"x-shelf": ":null"}),
    ],
)
def test_document_says_of_an_operation_what_json_can_say(
    extra: dict[str, Any], expected: dict[str, Any]
) -> None:
    operation = document_with(extra)["paths"]["/books/{number}"]["get"]
    assert {name: value for name, value in operation.items() if name == "x-shelf"} == expected


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(PydanticSerializationError, match="object"):
        document_with({"x-shelf": object()})


ELSEWHERE = {"$ref": "#/components/parameters/number"}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (ELSEWHERE, ELSEWHERE),
        (["number"], ["number"]),
        ([ELSEWHERE | {"in": "path"}], [ELSEWHERE]),
    ],
)
def test_parameters_may_be_anything_that_users_say(said: Any, written: Any) -> None:
    router = APIRouter()
    router.get("/books", openapi_extra={"parameters": said})(lambda: None)
    paths = get_openapi(title="", version="", routes=router.routes)["paths"]
    assert paths["/books"]["get"]["parameters"] == written


def test_paths_stand_in_the_order_of_their_declaration() -> None:
    router = APIRouter()
    for path in ("/a/{number}", "/b", "/c/{number}", "/d"):
        router.get(path)(get_book if "number" in path else lambda: None)
    paths = get_openapi(title="", version="", routes=router.routes)["paths"]
    assert [*paths] == ["/a/{number}", "/b", "/c/{number}", "/d"]


def test_operations_can_be_changed_one_by_one() -> None:
    router = APIRouter()
    for path in ("/old/{number}", "/new/{number}"):
        router.get(path)(get_book)
    old, new = get_openapi(title="", version="", routes=router.routes)["paths"].values()
    old["get"]["responses"]["422"]["content"].clear()
    assert new["get"]["responses"]["422"]["content"]
