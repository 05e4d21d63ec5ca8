"""Values of any type, as what JSON has forms for."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import ChainMap, OrderedDict, deque
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import ip_address, ip_interface, ip_network
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from pydantic import (
    AnyUrl,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    NameEmail,
    RootModel,
    SecretBytes,
    SecretStr,
)
from pydantic_core import PydanticUndefined, Url

from fastapi_lite.encoders import ENCODERS_BY_TYPE, dump_json, dump_jsonable, jsonable_encoder
from fastapi_lite.exceptions import PydanticV1NotSupportedError


class Colour(Enum):
    RED = "red"
    PAIR = (1, date(2020, 1, 2))


class Level(IntEnum):
    LOW = 1


class Point(NamedTuple):
    x: int
    day: date


class Pet(BaseModel):
    name: str = "Rex"
    nickname: str | None = None


class Owner(BaseModel):
    model_config = ConfigDict(populate_by_name=True, extra="allow")

    full_name: str = Field("Ada", alias="fullName")
    born: date = date(1815, 12, 10)
    pet: Pet = Pet()


OWNER = Owner.model_validate({})


@dataclasses.dataclass
class Shelf:
    label: str = "a"
    pets: list[Pet] = dataclasses.field(default_factory=lambda: [Pet()])
    note: None = None


class Row:
    """What an ORM gives: attributes, some of them its own."""

    def __init__(self) -> None:
        self.id = 1
        self.day = date(2020, 1, 2)
        self.note = None
        self._sa_instance_state = object()


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        (None, None),
        (1, 1),
        (True, True),
        (1.5, 1.5),
        ("text", "text"),
        (b"text", "text"),
        (Colour.RED, "red"),
        (Colour.PAIR, [1, "2020-01-02"]),
        (Level.LOW, 1),
        (date(2020, 1, 2), "2020-01-02"),
        (datetime(2020, 1, 2, 3, tzinfo=UTC), "2020-01-02T03:00:00+00:00"),
        (time(1, 2), "01:02:00"),
        (timedelta(minutes=1, milliseconds=500), 60.5),
        (Decimal(3), 3),
        (Decimal("1E+2"), 100),
        (Decimal("1.0"), 1.0),
        (Decimal("Infinity"), float("inf")),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (ip_address("127.0.0.1"), "127.0.0.1"),
        (ip_interface("127.0.0.1/8"), "127.0.0.1/8"),
        (ip_network("::/8"), "::/8"),
        (Path("/a"), "/a"),
        (PurePosixPath("/a/b"), "/a/b"),
        (PureWindowsPath("c:/a"), "c:\\a"),
        (re.compile("a+"), "a+"),
        (SecretStr("x"), "**********"),
        (SecretBytes(b"x"), "b'**********'"),
        (AnyUrl("http://a.b"), "http://a.b/"),
        (HttpUrl("http://a.b"), "http://a.b/"),
        (Url("http://a.b"), "http://a.b/"),
        (NameEmail("Ada", "ada@example.org"), "Ada <ada@example.org>"),
        (PydanticUndefined, None),
        ([1, (2, {3})], [1, [2, [3]]]),
        (frozenset({1}), [1]),
        (deque([1, 2]), [1, 2]),
        ((n * 2 for n in range(2)), [0, 2]),
        (Point(1, date(2020, 1, 2)), [1, "2020-01-02"]),
        ({1: date(2020, 1, 2), None: Level.LOW}, {1: "2020-01-02", None: 1}),
        ({Colour.RED: 1, date(2020, 1, 2): 2}, {"red": 1, "2020-01-02": 2}),
        (OrderedDict(a={1}), {"a": [1]}),
        (ChainMap({"a": {1}}), {"a": [1]}),
        (SimpleNamespace(a={1}), {"a": [1]}),
        (Pet(), {"name": "Rex", "nickname": None}),
        (RootModel[list[date]]([date(2020, 1, 2)]), ["2020-01-02"]),
        (
            OWNER,
            {
                "fullName": "Ada",
                "born": "1815-12-10",
                "pet": {"name": "Rex", "nickname": None},
            },
        ),
        (
            {"shelf": Shelf()},
            {"shelf": {"label": "a", "pets": [{"name": "Rex", "nickname": None}], "note": None}},
        ),
        (Row(), {"id": 1, "day": "2020-01-02", "note": None}),
    ],
)
def test_value_is_encoded(value: Any, encoded: Any) -> None:
    assert jsonable_encoder(value) == encoded


def test_not_a_number_of_a_decimal_is_that_of_a_float() -> None:
    assert str(jsonable_encoder(Decimal("NaN"))) == "nan"


@pytest.mark.parametrize(
    ("options", "encoded"),
    [
        ({"include": {"full_name"}}, {"fullName": "Ada"}),
        ({"include": {"pet": {"name"}}}, {"pet": {"name": "Rex"}}),
        ({"include": ["born"]}, {"born": "1815-12-10"}),
        ({"include": set()}, {}),
        ({"exclude": {"pet", "born"}}, {"fullName": "Ada"}),
        (
            {"exclude": {"full_name": True, "pet": {"name": True}}, "exclude_none": True},
            {"born": "1815-12-10", "pet": {}},
        ),
        ({"by_alias": False, "exclude": {"pet", "born"}}, {"full_name": "Ada"}),
        ({"exclude_unset": True}, {"pet": {"name": "Rex"}}),
        ({"exclude_defaults": True}, {}),
    ],
)
def test_fields_of_a_model_are_chosen(options: Any, encoded: Any) -> None:
    owner = Owner.model_validate({"pet": {"name": "Rex"}})
    assert jsonable_encoder(owner, **options) == encoded


@pytest.mark.parametrize(
    ("options", "encoded"),
    [
        ({"include": {"a"}}, {"a": {"b": None}}),
        ({"include": {"a": ...}}, {"a": {"b": None}}),
        ({"exclude": {"a"}}, {"c": None, "pet": {"name": "Rex", "nickname": None}}),
        ({"exclude_none": True}, {"a": {}, "pet": {"name": "Rex"}}),
        ({"exclude_unset": True}, {"a": {"b": None}, "c": None, "pet": {}}),
    ],
)
def test_keys_of_a_dictionary_are_chosen(options: Any, encoded: Any) -> None:
    value = {"a": {"b": None}, "c": None, "pet": Pet()}
    assert jsonable_encoder(value, **options) == encoded


def test_choice_concerns_the_items_of_a_list() -> None:
    value = [{"a": 1, "b": 2}, Pet(), Shelf()]
    assert jsonable_encoder(value, include={"a", "name", "label"}) == [
        {"a": 1},
        {"name": "Rex"},
        {"label": "a"},
    ]


def test_none_in_dictionaries_within_a_model_is_excluded_too() -> None:
    owner = Owner.model_validate({"more": {"a": None, "b": [{"c": None}]}})
    assert jsonable_encoder(owner, include={"more"}, exclude_none=True) == {"more": {"b": [{}]}}


def test_state_of_sqlalchemy_is_left_out_at_any_depth() -> None:
    owner = Owner.model_validate({"more": {"_sa_x": 1, "a": 2}})
    assert jsonable_encoder(owner, include={"more"}) == {"more": {"a": 2}}


def test_state_of_sqlalchemy_is_kept_on_demand() -> None:
    assert jsonable_encoder({"_sa_x": 1, "a": Pet()}, sqlalchemy_safe=False) == {
        "_sa_x": 1,
        "a": {"name": "Rex", "nickname": None},
    }


def test_custom_encoder_of_a_type_comes_first() -> None:
    value = {"pet": Pet(), "day": date(2020, 1, 2)}
    encoders = {Pet: lambda pet: pet.name, date: lambda day: day.year}
    assert jsonable_encoder(value, custom_encoder=encoders) == {"pet": "Rex", "day": 2020}


def test_custom_encoder_of_a_class_serves_its_subclasses() -> None:
    encoders: Any = {date: lambda day: day.year}
    assert jsonable_encoder([datetime(2020, 1, 2)], custom_encoder=encoders) == [2020]


def test_custom_encoder_that_fits_nothing_is_ignored() -> None:
    assert jsonable_encoder({1}, custom_encoder={date: str}) == [1]


def test_application_may_add_an_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENCODERS_BY_TYPE, complex, lambda value: [value.real, value.imag])
    assert jsonable_encoder({"z": 1j}) == {"z": [0.0, 1.0]}


def test_colour_of_the_optional_package_is_its_text() -> None:
    class Color:
        def __str__(self) -> str:
            return "red"

    Color.__module__ = "pydantic_extra_types.color"
    Color.__qualname__ = "Color"
    assert jsonable_encoder(Color()) == "red"


@pytest.mark.parametrize("value", [object(), 1j, memoryview(b"x"), range(2), iter([1]), ...])
def test_object_that_has_no_form_raises_and_names_the_remedy(value: Any) -> None:
    with pytest.raises(ValueError, match="custom_encoder"):
        jsonable_encoder({"a": value})


def test_model_of_pydantics_first_version_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    model = type("BaseModel", (), {"__module__": "pydantic.v1.main", "__qualname__": "BaseModel"})
    with pytest.raises(PydanticV1NotSupportedError, match="Please update the model"):
        jsonable_encoder([type("Old", (model,), {})()])


def test_objects_of_unknown_types_are_no_mapping_if_they_fail_to_iterate() -> None:
    class Broken:
        def __init__(self) -> None:
            self.a = 1

        def __iter__(self) -> Any:
            raise RuntimeError("broken")

    assert jsonable_encoder(Broken()) == {"a": 1}


@pytest.mark.parametrize("content", [{"a": "ü", "b": None, "c": 1}, {"a": [1.5]}, [True]])
def test_json_is_dumped_compactly(content: Any) -> None:
    compact = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    assert dump_json(content) == compact.encode()


@pytest.mark.parametrize(
    "content",
    [
        {"a": "ü", "b": None, "c": 1},
        {"pets": [Pet()], "day": date(2020, 1, 2)},
        {date(2020, 1, 2): Colour.RED},
        {"a": [{"_sa_x": 1, "b": 2}]},
    ],
)
def test_any_value_is_dumped_as_it_is_encoded(content: Any) -> None:
    assert dump_jsonable(content) == dump_json(jsonable_encoder(content))


@pytest.mark.parametrize("dump", [dump_json, dump_jsonable])
@pytest.mark.parametrize("content", [{"é": "\ud800"}, {"é": ["\ud800", {}]}])
def test_half_a_surrogate_pair_is_written_as_its_escape(
    dump: Callable[[Any], bytes], content: Any
) -> None:
    text = dump(content).decode()
    assert json.loads(text) == content
