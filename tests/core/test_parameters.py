# ruff: noqa: B006, PT018, UP007, UP042, UP045 - parameters in every spelling that users have
"""Parameters of every source and type."""

import inspect
import typing
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Generic, Literal, NewType, Optional, TypeVar, Union
from uuid import UUID

import pytest
from pydantic import AfterValidator, AliasChoices, AliasPath, BaseModel, ConfigDict, Field, Json
from typing_extensions import TypeAliasType, TypedDict

from fastapi_lite import (
    Body,
    Cookie,
    Depends,
    FastAPI,
    File,
    Form,
    Header,
    Path,
    Query,
    Request,
    UploadFile,
    params,
)
from fastapi_lite.dependencies.annotations import (
    alias_value,
    is_bytes,
    is_json,
    is_model,
    is_plain,
    is_pydantic_v1,
    is_same_in_json,
    is_scalar,
    is_scalar_sequence,
    is_upload,
    issubclass_safe,
)
from fastapi_lite.dependencies.models import Parameter
from fastapi_lite.exceptions import (
    DeclarationError,
    FastAPIDeprecationWarning,
    FastAPIError,
    PydanticV1NotSupportedError,
)
from tests.conftest import ClientFactory

T = TypeVar("T")


class Colour(Enum):
    RED = "red"


class Shade(str, Enum):
    DARK = "dark"


class Page(BaseModel):
    limit: int = Field(10, gt=0)
    tags: list[str] = []
    sort_by: str = Field("name", alias="sortBy")


class StrictPage(Page):
    model_config = ConfigDict(extra="forbid")


class Agent(BaseModel):
    user_agent: str
    x_tag: list[str] = []


class Login(BaseModel):
    name: str
    code: int = 0
    model_config = ConfigDict(extra="forbid")


def body_of(response: Any) -> Any:
    """The result, or the places of the errors."""
    answer = response.json()
    if response.status_code == 422:
        return [(one["type"], *one["loc"]) for one in answer["detail"]]
    return answer


def test_models_of_query_parameters_are_read_field_by_field(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(page: Annotated[StrictPage, Query()]) -> Any:
        return page

    @app.get("/two")
    async def two(
        a: Annotated[Page, Query()], q: str, b: Annotated[Agent | None, Query()] = None
    ) -> Any:
        return [a.limit, q, b]

    client = client_for(app)
    assert body_of(client.get("/?limit=3&tags=a&tags=b&sortBy=x")) == {
        "limit": 3,
        "tags": ["a", "b"],
        "sortBy": "x",
    }
    assert body_of(client.get("/?limit=0&zz=1&zz=2")) == [
        ("greater_than", "query", "limit"),
        ("extra_forbidden", "query", "zz"),
    ]
    assert body_of(client.get("/two?q=x&limit=2")) == [2, "x", None]


def test_models_of_headers_are_sent_with_hyphens(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(agent: Annotated[Agent, Header()]) -> Any:
        return agent.x_tag

    @app.get("/plain")
    async def plain(agent: Annotated[Agent, Header(convert_underscores=False)]) -> Any:
        return agent

    client = client_for(app)
    assert body_of(client.get("/", headers=[("x-tag", "a"), ("x-tag", "b")])) == ["a", "b"]
    assert body_of(client.get("/plain")) == [("missing", "header", "user_agent")]
    assert body_of(client.get("/plain", headers={"user_agent": "a"}))["user_agent"] == "a"
    assert body_of(client.get("/", headers=[("user-agent", "a"), ("x-tag", "b")])) == ["b"]


def test_models_of_cookies(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(page: Annotated[Page, Cookie()]) -> Any:
        return page.limit

    client = client_for(app)
    assert body_of(client.get("/")) == 10
    assert body_of(client.get("/", headers={"cookie": "limit=3; tags=x"})) == [
        ("list_type", "cookie", "tags")
    ]


def test_headers_and_cookies_in_every_mixture(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/both")
    async def both(
        x_one: Annotated[str, Header()],
        x_two: Annotated[int, Header()] = 2,
        theme: Annotated[str, Cookie()] = "light",
        size: Annotated[int | None, Cookie()] = None,
    ) -> Any:
        return [x_one, x_two, theme, size]

    @app.get("/headers")
    async def headers(x_one: Annotated[str, Header()], x_two: Annotated[str, Header()] = "") -> Any:
        return [x_one, x_two]

    @app.get("/lists")
    async def lists(
        x_one: Annotated[list[int], Header()], odd: Annotated[str, Header(alias="Odd_Name")] = ""
    ) -> Any:
        return [x_one, odd]

    @app.get("/cookies")
    async def cookies(theme: Annotated[str, Cookie()], size: Annotated[str, Cookie()] = "") -> Any:
        return [theme, size]

    client = client_for(app)
    assert body_of(client.get("/both", headers={"x-one": "a"})) == ["a", 2, "light", None]
    repeated = [("x-one", "a"), ("x-one", "b"), ("cookie", "theme=dark"), ("cookie", "size=3")]
    assert body_of(client.get("/both", headers=repeated)) == ["a", 2, "dark", 3]
    assert body_of(client.get("/both", headers={"cookie": "size=x"})) == [
        ("missing", "header", "x-one"),
        ("int_parsing", "cookie", "size"),
    ]
    assert body_of(client.get("/headers", headers={"x-one": "a"})) == ["a", ""]
    assert body_of(
        client.get("/lists", headers=[("x-one", "1"), ("x-one", "2"), ("odd_name", "o")])
    ) == [[1, 2], "o"]
    assert body_of(client.get("/cookies", headers={"cookie": "theme=dark"})) == ["dark", ""]
    assert body_of(client.get("/cookies")) == [("missing", "cookie", "theme")]


def test_names_can_be_chosen_among_several(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(
        first: Annotated[int, Query(validation_alias=AliasChoices("one", "eins"))],
        second: Annotated[str, Query(validation_alias=AliasPath("words", 1))] = "none",
        third: Annotated[str, Query(alias="drei")] = "3",
    ) -> Any:
        return [first, second, third]

    client = client_for(app)
    assert body_of(client.get("/?eins=1&words=a&words=b&drei=c")) == [1, "b", "c"]
    assert body_of(client.get("/?one=2&words=a")) == [2, "none", "3"]
    assert body_of(client.get("/")) == [("missing", "query", "one")]


class Choosy(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    word: str = Field("w", validation_alias=AliasChoices("wort", AliasPath("words", 0)))
    plain: str = Field("p", alias="Plain")


def test_models_fields_can_be_sent_under_each_of_their_names(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(choosy: Annotated[Choosy, Query()]) -> Any:
        return [choosy.word, choosy.plain]

    client = client_for(app)
    assert body_of(client.get("/?wort=a&plain=b")) == ["a", "b"]
    assert body_of(client.get("/?words=c&Plain=d")) == ["c", "d"]


UserId = NewType("UserId", int)
Ids = TypeAliasType("Ids", list[int])
Pair = TypeAliasType("Pair", list[T], type_params=(T,))
Same = TypeAliasType("Same", T, type_params=(T,))
Short = TypeAliasType("Short", Annotated[str, Query(max_length=2)])


def test_types_of_all_kinds_are_parameters(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/{key}/{colour}")
    async def read(
        key: UUID,
        colour: Colour,
        user: UserId,
        ids: Annotated[Ids, Query()],
        pair: Annotated[Pair[int], Query()],
        same: Same[int],
        short: Short = "s",
        kind: Literal["a", "b"] = "a",
        maybe: int | None = None,
        either: int | str = 0,
        both: Annotated[tuple[int, str], Query()] = (1, "a"),
        chosen: Annotated[set[int] | None, Query()] = None,
        data: Annotated[Json[list[int]], Query()] = [],
        doubled: Annotated[int, AfterValidator(lambda v: 2 * v), Query(gt=0)] = 1,
        untyped=5,
    ) -> Any:
        return [user, ids, pair, same, short, kind, maybe, either, both, chosen, data, doubled]

    client = client_for(app)
    path = "/12345678-1234-5678-1234-567812345678/red"
    assert body_of(client.get(f"{path}?user=1&ids=1&ids=2&pair=3&same=4")) == [
        *(1, [1, 2], [3], 4, "s", "a", None, 0, [1, "a"], None, [], 1)
    ]
    query = "user=1&ids=1&pair=3&same=4&either=x&both=1&both=b&chosen=1&chosen=1&data=[1]&doubled=3"
    assert body_of(client.get(f"{path}?{query}")) == [
        *(1, [1], [3], 4, "s", "a", None, "x", [1, "b"], [1], [1], 6)
    ]
    assert body_of(client.get("/x/blue?user=u&short=long&kind=c&ids=1&pair=1&same=1")) == [
        ("uuid_parsing", "path", "key"),
        ("enum", "path", "colour"),
        ("int_parsing", "query", "user"),
        ("string_too_long", "query", "short"),
        ("literal_error", "query", "kind"),
    ]


def test_constraints_beside_a_field_of_pydantic_count(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(
        number: Annotated[int, Field(gt=1, title="Number", examples=[2]), Query()] = 2,
        word: Annotated[str, Query(), Field(default_factory=lambda: "made")] = ...,  # type: ignore[assignment]
    ) -> Any:
        return [number, word]

    client = client_for(app)
    assert body_of(client.get("/")) == [2, "made"]
    assert body_of(client.get("/?number=1")) == [("greater_than", "query", "number")]
    schema = app.openapi()["paths"]["/"]["get"]["parameters"][0]["schema"]
    assert schema["title"] == "Number"


@dataclass
class Point:
    x: int


class Settings(TypedDict):
    dark: bool


def test_bodies_of_all_kinds(client_for: ClientFactory) -> None:
    app = FastAPI()
    for path, type_ in {
        "model": Login,
        "dataclass": Point,
        "dict": Settings,
        "list": list[Login],
        "union": Login | Page,
        "optional": Login | None,
        "scalar": Annotated[int, Body()],
        "bytes": Annotated[bytes, Body()],
        "any": Annotated[Any, Body()],
    }.items():

        def read(item) -> Any:  # type: ignore[no-untyped-def]
            return item

        read.__annotations__["item"] = type_
        app.post(f"/{path}")(read)

    client = client_for(app)
    assert body_of(client.post("/model", json={"name": "a"})) == {"name": "a", "code": 0}
    assert body_of(client.post("/model", json={"nam": "a"})) == [
        ("missing", "body", "name"),
        ("extra_forbidden", "body", "nam"),
    ]
    assert body_of(client.post("/model")) == [("missing", "body")]
    assert body_of(client.post("/model", content=b"{}")) == [("model_attributes_type", "body")]
    assert body_of(client.post("/model", json=None, content=b"")) == [("missing", "body")]
    assert body_of(client.post("/dataclass", json={"x": 1})) == {"x": 1}
    assert body_of(client.post("/dict", json={"dark": True})) == {"dark": True}
    assert body_of(client.post("/list", json=[{"name": 1}])) == [("string_type", "body", 0, "name")]
    assert body_of(client.post("/union", json={"name": "a"})) == {"name": "a", "code": 0}
    assert body_of(client.post("/optional", json=None)) == [("missing", "body")]
    headers = {"content-type": "application/vnd.api+json; charset=utf-8"}
    assert body_of(client.post("/optional", content=b"null", headers=headers)) is None
    assert body_of(client.post("/scalar", json="x")) == [("int_parsing", "body")]
    assert body_of(client.post("/bytes", content=b"raw")) == "raw"
    assert body_of(client.post("/any", json=[1])) == [1]


def test_several_bodies_are_read_by_name(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/")
    async def read(
        login: Login, page: Page | None = None, count: Annotated[int, Body()] = 1
    ) -> Any:
        return [login.name, page, count]

    @app.post("/embedded")
    async def embedded(login: Annotated[Login, Body(embed=True)]) -> Any:
        return login.name

    client = client_for(app)
    assert body_of(client.post("/", json={"login": {"name": "a"}})) == ["a", None, 1]
    assert body_of(client.post("/", json={"count": "x"})) == [
        ("missing", "body", "login"),
        ("int_parsing", "body", "count"),
    ]
    assert body_of(client.post("/", json=[])) == [
        ("missing", "body", name) for name in ("login", "page", "count")
    ]
    assert body_of(client.post("/")) == [("missing", "body", "login")]
    assert body_of(client.post("/", content=b"{}")) == [("missing", "body", "login")]
    assert body_of(client.post("/embedded", json={"login": {"name": "a"}})) == "a"


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        (b'{"name": ', 422, "json_invalid"),
        (b"\xff\xfe", 422, "json_invalid"),
        (b"{'name': 1}", 422, "json_invalid"),
        (b"[" * 100_000, 400, None),
        (b'{"name": "\xff"}', 400, None),
    ],
)
def test_text_that_is_no_json(
    content: bytes, status: int, kind: str | None, client_for: ClientFactory
) -> None:
    app = FastAPI()

    @app.post("/")
    async def read(login: Login) -> Any:
        return login

    headers = {"content-type": "application/json"}
    client = client_for(app)
    response = client.post("/", content=content, headers=headers)
    assert response.status_code == status
    assert body_of(client.post("/", json={"name": "a"})) == {"name": "a", "code": 0}
    detail = response.json()["detail"]
    assert detail[0]["type"] == kind if kind else detail == "There was an error parsing the body"


def test_content_type_need_not_be_said_where_that_is_told(client_for: ClientFactory) -> None:
    app = FastAPI(strict_content_type=False)

    @app.post("/")
    async def read(login: Login) -> Any:
        return login.name

    client = client_for(app)
    assert body_of(client.post("/", content=b'{"name":"a"}')) == "a"
    text = {"content-type": "text/plain"}
    assert body_of(client.post("/", content=b'{"name":"a"}', headers=text)) == [
        ("model_attributes_type", "body")
    ]


def test_forms_and_files(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/fields")
    async def fields(
        name: Annotated[str, Form()],
        codes: Annotated[list[int], Form()] = [],
        note: Annotated[str | None, Form()] = None,
    ) -> Any:
        return [name, codes, note]

    @app.post("/model")
    async def model(login: Annotated[Login, Form()]) -> Any:
        return login

    @app.post("/files")
    async def files(
        one: UploadFile,
        raw: Annotated[bytes, File()],
        many: list[UploadFile],
        raws: Annotated[list[bytes], File()],
        maybe: UploadFile | None = None,
        word: Annotated[str, Form()] = "w",
    ) -> Any:
        return [one.filename, raw.decode(), [f.filename for f in many], len(raws), maybe, word]

    client = client_for(app)
    assert body_of(client.post("/fields", data={"name": "a", "codes": ["1", "2"], "note": ""})) == [
        *("a", [1, 2], None)
    ]
    assert body_of(client.post("/fields", data={"name": ""})) == [("missing", "body", "name")]
    assert body_of(client.post("/model", data={"name": "a", "code": ""})) == {
        "name": "a",
        "code": 0,
    }
    assert body_of(client.post("/model", data={"name": "a", "x": "1"})) == [
        ("extra_forbidden", "body", "x")
    ]
    sent = [("one", ("1", b"")), ("raw", ("2", b"two")), ("many", ("3", b"")), ("raws", ("4", b""))]
    assert body_of(client.post("/files", files=[*sent, ("maybe", ("", b""))])) == [
        *("1", "two", ["3"], 1, None, "w")
    ]
    assert body_of(client.post("/files", data={"one": "x", "raw": "y"}))[0] == (
        *("value_error", "body", "one"),
    )


def test_path_parameters_with_convertors_are_what_the_convertor_says(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()

    @app.get("/{number:int}/{rest:path}")
    async def read(number: int, rest: str) -> Any:
        return [number, rest]

    assert body_of(client_for(app).get("/3/a/b")) == [3, "a/b"]


def test_deprecated_options_warn_and_work(client_for: ClientFactory) -> None:
    with pytest.warns(FastAPIDeprecationWarning, match="`regex` has been deprecated"):
        declared = Query(regex="^a")
    with pytest.warns(FastAPIDeprecationWarning, match="`example` has been deprecated"):
        Query(example="a")
    app = FastAPI()

    @app.get("/")
    async def read(word: str = declared) -> Any:
        return word

    assert body_of(client_for(app).get("/?word=a")) == "a"
    assert body_of(client_for(app).get("/?word=b")) == [
        ("string_pattern_mismatch", "query", "word")
    ]
    assert repr(declared) == "Query(PydanticUndefined)"


class NotAType:
    pass


class Incomplete(BaseModel):
    other: "NeverDefined"  # type: ignore[name-defined]  # noqa: F821 - what is tested


def dependency() -> None: ...


def declare(path: str, **annotations: Any) -> Any:
    """Declare an endpoint at `path` with parameters of these types, or `(type, default)`."""

    def read(**_: Any) -> None: ...

    import inspect  # noqa: PLC0415 - beside its use

    read.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                annotation=given[0] if isinstance(given, tuple) else given,
                default=given[1] if isinstance(given, tuple) else inspect.Parameter.empty,
            )
            for name, given in annotations.items()
        ]
    )
    return FastAPI().get(path)(read)


MISTAKES: dict[str, tuple[str, dict[str, Any], str]] = {
    "two sources": ("/", {"q": Annotated[int, Query(), Header()]}, "more than one source"),
    "depends twice": (
        *("/", {"q": (Annotated[int, Depends(dependency)], Depends(dependency))}),
        "Cannot specify `Depends` in `Annotated` and default value together for 'q'",
    ),
    "depends as default": (
        *("/", {"q": (Annotated[int, Query()], Depends(dependency))}),
        "Cannot specify a FastAPI annotation in `Annotated` and `Depends` as a default",
    ),
    "declared twice": (
        *("/", {"q": (Annotated[int, Query()], Query())}),
        "Cannot specify FastAPI annotations in `Annotated` and default value together",
    ),
    "default inside": (
        *("/", {"q": Annotated[int, Query(1)]}),
        "`Query` default value cannot be set in `Annotated` for 'q'",
    ),
    "two defaults": (
        *("/", {"q": (Annotated[int, Query(default_factory=int)], 1)}),
        "both default and default_factory",
    ),
    "plain field": ("/", {"q": (int, Field(1))}, "non-body parameters must be in path"),
    "special": ("/", {"r": Annotated[Request, Query()]}, "Cannot specify FastAPI annotation"),
    "path as query": ("/{q}", {"q": Annotated[int, Query()]}, "Cannot use `Query` for path param"),
    "path declared default": (
        *("/{q}", {"q": (Annotated[int, Path()], None)}),
        "Path parameters cannot have default values",
    ),
    "query model": ("/", {"q": (dict[str, int], Query())}, "must be one of the supported types"),
    "path list": ("/{q}", {"q": list[int]}, "Path params must be of one of the supported types"),
    "no type": ("/", {"q": NotAType}, "Invalid args for response field"),
    "undefined": ("/", {"q": "NeverDefined"}, "NeverDefined"),
    "depends on nothing": ("/", {"q": (3, Depends())}, "names no dependency"),
    "depends on no callable": ("/", {"q": (int, Depends(3))}, "not a callable"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_in_a_declaration_raises_with_the_function_and_the_parameter(mistake: str) -> None:
    path, annotations, says = MISTAKES[mistake]
    with pytest.raises(FastAPIError) as caught:
        declare(path, **annotations)
    assert says in str(caught.value)
    assert "declare.<locals>.read" in str(caught.value)


def test_path_parameter_may_default_to_none(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    @app.get("/{q}")
    async def read(q: str | None = None) -> Any:
        return q

    client = client_for(app)
    assert [body_of(client.get(path)) for path in ("/", "/a")] == [None, "a"]


def test_path_cannot_be_declared_with_a_default() -> None:
    with pytest.raises(DeclarationError, match="cannot have a default value"):
        Path(default=1)


def test_positional_only_parameters_are_refused() -> None:
    def read(q: int, /) -> None: ...

    with pytest.raises(DeclarationError, match="positional-only"):
        FastAPI().get("/")(read)


def test_signature_that_was_set_need_not_say_that_values_are_passed_by_name(
    client_for: ClientFactory,
) -> None:
    def read(**values: int) -> dict[str, int]:
        return values

    one = inspect.Parameter("q", inspect.Parameter.POSITIONAL_ONLY, annotation=int)
    read.__signature__ = inspect.Signature([one])  # type: ignore[attr-defined]
    app = FastAPI()
    app.get("/")(read)
    assert client_for(app).get("/?q=3").json() == {"q": 3}


def test_callables_without_a_signature_are_refused() -> None:
    with pytest.raises(DeclarationError, match="cannot be read"):
        FastAPI().get("/", dependencies=[Depends(int)])(dependency)


def test_model_that_is_completed_later_is_not_refused() -> None:
    declare("/", q=Annotated[Incomplete, Body()])


def test_models_of_the_first_pydantic_are_refused() -> None:
    old = type("BaseModel", (), {"__module__": "pydantic.v1.main"})
    assert is_pydantic_v1(list[type("Mine", (old,), {})])  # type: ignore[misc]
    with pytest.raises(PydanticV1NotSupportedError, match="no longer supported"):
        declare("/", q=Annotated[type("Mine", (old,), {}), Body()])


def test_misspelt_option_of_a_parameter_is_refused() -> None:
    with pytest.raises(TypeError, match="Did you mean 'max_length'"):
        Query(max_lenght=3)  # type: ignore[call-arg]  # what is wrong here


class Box(BaseModel, Generic[T]):
    inside: T


class Loose(BaseModel):
    text: str
    tree: "list[Loose]" = []
    colours: dict[str, Shade] = {}


class Firm(BaseModel, strict=True):
    number: int


class Own(BaseModel):
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return handler(source)


@pytest.mark.parametrize(
    ("type_", "same"),
    [
        *((int, True), (Any, True), (Optional[str], True), (list[int], True), (Loose, True)),
        *((Union[str, UUID], False), (Firm, False), (Own, False), (bytes, False)),
        *((Literal["a"], True), (Literal[1], False), (tuple[int, ...], True), (Shade, True)),
        *((Annotated[int, Field(strict=True)], False), (complex, False)),
    ],
)
def test_types_whose_json_needs_no_parsing_first(type_: Any, same: bool) -> None:
    metadata: Any = ()
    if typing.get_origin(type_) is Annotated:
        type_, metadata = int, tuple(Field(strict=True).metadata)
    assert is_same_in_json(type_, metadata) is same


def test_kinds_of_types() -> None:
    assert is_scalar(UserId)
    assert not is_scalar(...)
    assert not is_scalar(Box[int])
    assert is_scalar_sequence(list[int] | None)
    assert is_upload(list[UploadFile]) and is_upload(UploadFile | None)
    assert is_bytes(bytes | None) and is_bytes(list[bytes]) and not is_bytes(str)
    assert is_json(Json[int].__metadata__)  # type: ignore[attr-defined]
    assert is_model(Login | Page | None) and not is_model(Union[None])
    assert is_plain(list[int]) and is_plain(Colour) and not is_plain(Literal[[1]])  # type: ignore[valid-type]
    assert not issubclass_safe(list[int], list)
    assert alias_value(Ids, ()) == list[int]


def test_parameter_knows_its_names() -> None:
    info = params.Query(alias="a", serialization_alias="s")
    info.annotation = int
    one = Parameter("p", info)
    assert (one.alias, one.serialization_alias, one.source, one.type_) == ("a", "s", "query", int)
    assert Parameter("p", params.Body(1)).get_default() == 1
    assert Parameter("p", params.Body()).get_default() is None
    assert Parameter("p", params.Body(default_factory=list)).get_default() == []


def test_one_function_serves_a_path_with_a_parameter_and_one_without(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()

    @app.get("/items")
    @app.get("/items/{item}")
    def read(item: int = 7) -> int:
        return item

    client = client_for(app)
    assert [client.get(path).json() for path in ("/items/1", "/items", "/items?item=2")] == [
        1,
        7,
        2,
    ]


class One(BaseModel):
    value: int


class Many(BaseModel):
    value: list[int]


@pytest.mark.parametrize(
    ("sent", "made"),
    [
        (["1"], {"value": [1]}),
        (["1", "2"], {"value": [1, 2]}),
        (["x"], ["body", "Many", "value", 0]),
    ],
)
def test_a_name_may_be_a_list_in_one_model_of_a_union_alone(
    sent: list[str], made: Any, client_for: ClientFactory
) -> None:
    app = FastAPI()

    @app.post("/many")
    def many(form: Annotated[Many | One, Form()]) -> Many | One:
        return form

    @app.post("/one")
    def one(form: Annotated[One | Many, Form()]) -> One | Many:
        return form

    client = client_for(app)
    answer = client.post("/many", data={"value": sent}).json()
    assert (answer["detail"][0]["loc"] if "detail" in answer else answer) == made
    assert client.post("/one", data={"value": "7"}).json() == {"value": 7}
    assert client.post("/one").json()["detail"][0]["type"] == "missing"


Item = TypeVar("Item")
Named = TypeAliasType("Named", Annotated[Item, Query(alias="n")], type_params=(Item,))


def test_a_generic_alias_says_what_stands_in_its_annotation(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    def read(value: Named[int] = 1) -> int:
        return value

    assert client_for(app).get("/?n=3&value=4").json() == 3
