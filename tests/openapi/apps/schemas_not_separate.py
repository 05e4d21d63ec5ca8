"""Models of every kind, one schema for both directions."""

import dataclasses
import datetime
import enum
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, NotRequired, TypeVar, Union
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    EmailStr,
    Field,
    Json,
    PlainSerializer,
    RootModel,
    SecretStr,
    Tag,
    WithJsonSchema,
    computed_field,
    field_serializer,
)
from typing_extensions import TypedDict

from fastapi_lite import FastAPI

app = FastAPI(separate_input_output_schemas=False)
T = TypeVar("T")
U = TypeVar("U")


class Status(str, enum.Enum):  # noqa: UP042  # as most applications write it
    """The state it is in."""

    on = "on"
    off = "off"


class Number(enum.Enum):
    one = 1
    two = 2


class Address(BaseModel):
    street: str
    zip_code: str = Field(alias="zipCode", pattern=r"^\d{5}$")


class Person(BaseModel):
    model_config = ConfigDict(title="A person", json_schema_extra={"x-model": True})

    name: Annotated[str, Field(min_length=1, max_length=20)]
    email: EmailStr | None = None
    born: datetime.date
    addresses: list[Address] = []
    home: Address | None = None
    status: Status = Status.on
    number: Number | None = None
    extra: dict[str, Any] = {}
    friends: "list[Person]" = []
    identity: UUID
    money: Decimal = Decimal("1.1")
    secret: SecretStr | None = None
    kind: Literal["human"] = "human"
    both: int | str
    pair: tuple[int, str]
    anything: Any
    nothing: None = None
    when: datetime.datetime = Field(default_factory=datetime.datetime.now)
    json_text: Json[list[int]] = []
    hidden: str = Field("x", exclude=True)


class Computed(BaseModel):
    width: int
    height: int = 2

    @computed_field
    @property
    def area(self) -> int:
        """Of the rectangle."""
        return self.width * self.height

    @computed_field(description="Twice", title="Double", alias="twoTimes")
    def double(self) -> float:
        return 2.0 * self.width

    @field_serializer("height")
    def write_height(self, value: int) -> str:
        return str(value)


class Page(BaseModel, Generic[T]):
    items: list[T]
    next: "Page[T] | None" = None


class Pair(BaseModel, Generic[T, U]):
    first: T
    second: U


class Cat(BaseModel):
    kind: Literal["cat"]
    meows: bool = True


class Dog(BaseModel):
    kind: Literal["dog", "hound"]
    barks: bool = True


class Owner(BaseModel):
    pet: Cat | Dog = Field(discriminator="kind")
    pets: dict[str, Annotated[Cat | Dog, Field(discriminator="kind")]] = {}


def tell(value: Any) -> str:
    return "c" if "lives" in value else "d"


class Lived(BaseModel):
    lives: int


class Mortal(BaseModel):
    years: int


class Chosen(BaseModel):
    one: Annotated[Annotated[Lived, Tag("c")] | Annotated[Mortal, Tag("d")], Discriminator(tell)]


class Names(RootModel[dict[str, list[int]]]):
    """By name."""


class Typed(TypedDict):
    a: int
    b: NotRequired[Address]


@dataclasses.dataclass
class Data:
    """Data of a class."""

    a: int
    address: Address
    more: "list[Data]" = dataclasses.field(default_factory=list)


class Base(BaseModel):
    a: int = 1


class Derived(Base):
    b: int


class Aliased(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    one: int = Field(alias="uno")
    two: int = Field(validation_alias="dos", serialization_alias="deux")
    three: int = Field(3, serialization_alias="trois")


class Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    a: int = Field(1, frozen=True, json_schema_extra={"readOnly": True})
    b: int = Field(2, deprecated=True, repr=False)


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class Ignored(BaseModel):
    """Cut here.\fNot shown."""

    a: Annotated[int, WithJsonSchema({"type": "integer", "x-own": 1})]
    b: Annotated[int, AfterValidator(abs)] = 1
    c: Annotated[int, PlainSerializer(str, return_type=str)] = 1
    d: Annotated[int, PlainSerializer(str, return_type=str, when_used="json")]


class Docs(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True)

    a: int
    """About a."""


class AllOptional(BaseModel):
    a: int | None = None
    b: str | None
    c: list[int] | None = Field(None, max_length=3, description="few")


@app.post("/person")
def person(person: Person) -> Person: ...


@app.post("/computed")
def computed(value: Computed) -> Computed: ...


@app.get("/pages")
def pages() -> Page[Address]: ...


@app.post("/page-int")
def page_int(page: Page[int]) -> Page[Page[str]]: ...


@app.get("/pair")
def pair() -> Pair[int, Page[Cat]]: ...


@app.post("/owner")
def owner(owner: Owner) -> list[Owner]: ...


@app.post("/callable")
def callable_discriminator(value: Chosen) -> Chosen: ...


@app.post("/names")
def names(value: Names) -> Names: ...


@app.post("/typed")
def typed(value: Typed) -> Typed: ...


@app.post("/data")
def data(value: Data) -> Data: ...


@app.post("/derived")
def derived(value: Derived) -> Base: ...


@app.post("/aliased")
def aliased(value: Aliased) -> Aliased: ...


@app.post("/aliased-by-name", response_model_by_alias=False)
def aliased_by_name(value: Aliased) -> Aliased: ...


@app.post("/frozen")
def frozen(value: Frozen) -> Frozen: ...


@app.post("/open")
def open_model(value: Open) -> Open: ...


@app.post("/ignored")
def ignored(value: Ignored) -> Ignored: ...


@app.post("/docs-model")
def docs_model(value: Docs) -> Docs: ...


@app.post("/optional")
def all_optional(value: AllOptional) -> AllOptional: ...


@app.get("/status")
def read_status(s: Status, n: Number = Number.one) -> Union[Status, Number]: ...  # noqa: UP007  # the older spelling
