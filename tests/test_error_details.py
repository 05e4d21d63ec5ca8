"""The errors of a request as JSON: of bounded size, whatever the request held."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import pytest

from fastapi_lite.error_details import CUT, MAX_EXCERPT, MAX_SIZE, dump_details


def details(errors: Any) -> Any:
    return json.loads(dump_details(errors))["detail"]


def error(given: Any) -> dict[str, Any]:
    return {"type": "t", "loc": ("body",), "msg": "m", "input": given}


def test_ordinary_errors_are_written_as_they_are() -> None:
    assert dump_details([error({"a": 1})]) == (
        b'{"detail":[{"type":"t","loc":["body"],"msg":"m","input":{"a":1}}]}'
    )


@pytest.mark.parametrize("errors", ["all wrong", {"a": 1}, 5])
def test_errors_that_are_no_list_are_written_as_they_are(errors: Any) -> None:
    assert details(errors) == errors


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (math.nan, None),
        (1.5, 1.5),
        ("\ud800", "\ud800"),
        ([math.inf, True, None, b"\xff", 7], [None, True, None, "\ufffd", 7]),
        ({"a": math.nan, 5: Decimal("1.5")}, {"a": None, "5": 1.5}),
        ([math.nan, object], [None, "type"]),
    ],
)
def test_input_that_json_cannot_say_is_said_as_well_as_can_be(given: Any, written: Any) -> None:
    given = [given, math.nan]
    assert details([error(given)])[0]["input"][0] == written


def test_half_a_surrogate_pair_is_repeated() -> None:
    assert details([error("\ud800")])[0]["input"] == "\ud800"


def test_what_is_no_mapping_is_an_error_too() -> None:
    assert details([math.nan, "text"]) == [None, "text"]


def test_input_that_holds_itself_is_cut() -> None:
    given: list[Any] = []
    given.append(given)
    assert CUT in json.dumps(details([error(given)]), ensure_ascii=False)


def test_long_inputs_are_cut_when_all_together_are_too_large() -> None:
    long = "x" * (MAX_SIZE // 2)
    answer = dump_details([error(long)] * 20)
    inputs = [one["input"] for one in json.loads(answer)["detail"]]

    assert len(answer) <= MAX_SIZE + 100
    assert inputs[0] == long
    assert inputs[1] == long[: MAX_EXCERPT - 1] + CUT


def test_large_numbers_and_many_items_are_cut() -> None:
    many = {str(number): number for number in range(MAX_SIZE)}
    first, second, third = details(
        [error(many), error(1 << (MAX_EXCERPT * 8)), error([[]] * MAX_SIZE)]
    )

    assert len(first["input"]) < MAX_EXCERPT
    assert second["input"] == CUT
    assert CUT in third["input"]


def test_errors_that_are_too_many_are_counted() -> None:
    answer = dump_details([error("x" * 500)] * 2000)
    *listed, last = json.loads(answer)["detail"]

    assert last["type"] == "too_many_errors"
    assert last["msg"] == f"{2000 - len(listed)} more errors"
    assert len(answer) <= MAX_SIZE + 1000


def test_few_errors_of_plain_inputs_are_cut_too() -> None:
    long = "x" * MAX_SIZE
    answer = dump_details([error(long)] * 3)

    assert len(answer) <= MAX_SIZE
    assert json.loads(answer)["detail"][2]["input"] == long[: MAX_EXCERPT - 1] + CUT


@pytest.mark.parametrize(
    ("given", "written"),
    [((Decimal("1.5"), math.nan), [1.5, None]), ({"_sa_state": 1, "a": 2}, {"a": 2})],
)
def test_one_error_is_written_as_many_are(given: Any, written: Any) -> None:
    few, many = details([error(given)]), details([error(given)] * 9)
    assert few[0]["input"] == many[0]["input"] == written
