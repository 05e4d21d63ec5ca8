"""Settings from the environment and from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fastapi_lite.config import Config, Environ, EnvironError, environ, undefined
from fastapi_lite.datastructures import CommaSeparatedStrings, Secret

FILE = """\
# a comment
PLAIN=value
 SPACES =  around it
DOUBLE="two words"
SINGLE='two words'
EMPTY=
QUOTE="
EQUALS=a=b
HASH=a # b
no setting
BOTH=from the file
"""


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    path = tmp_path / ".env"
    path.write_text(FILE)
    return path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLAIN", "value"),
        ("SPACES", "around it"),
        ("DOUBLE", "two words"),
        ("SINGLE", "two words"),
        ("EMPTY", ""),
        ("QUOTE", '"'),
        ("EQUALS", "a=b"),
        ("HASH", "a # b"),
        ("BOTH", "from the environment"),
    ],
)
def test_settings_come_from_the_environment_then_from_the_file(
    env_file: Path, name: str, value: str
) -> None:
    config = Config(env_file, environ={"BOTH": "from the environment"})
    assert config(name) == value


def test_missing_setting_is_an_error() -> None:
    with pytest.raises(KeyError, match="Config 'A' is missing, and has no default"):
        Config(environ={})("A")


@pytest.mark.parametrize(
    ("cast", "default", "value"),
    [(None, None, None), (int, None, None), (int, "5", 5), (str, 5, "5"), (bool, True, True)],
)
def test_default_is_cast_too(cast: Any, default: Any, value: Any) -> None:
    assert Config(environ={}).get("A", cast, default) == value


@pytest.mark.parametrize(
    ("text", "cast", "value"),
    [
        ("1", int, 1),
        ("True", bool, True),
        ("1", bool, True),
        ("FALSE", bool, False),
        ("0", bool, False),
        ("a, b", CommaSeparatedStrings, ["a", "b"]),
        ("a", lambda text: text * 2, "aa"),
    ],
)
def test_setting_is_cast(text: str, cast: Any, value: Any) -> None:
    result = Config(environ={"A": text})("A", cast=cast)
    assert (list(result) if isinstance(value, list) else result) == value


def test_secret_is_not_shown() -> None:
    assert "swordfish" not in repr(Config(environ={"A": "swordfish"})("A", cast=Secret))


@pytest.mark.parametrize(("text", "cast"), [("x", int), ("on", bool), ("", bool), ("1", len)])
def test_setting_that_cannot_be_cast_is_an_error(text: str, cast: Any) -> None:
    cast = (lambda value: value / 2) if cast is len else cast
    with pytest.raises(ValueError, match=f"Config 'A' has value '{text}'. Not a valid"):
        Config(environ={"A": text})("A", cast=cast)


def test_prefix_is_part_of_every_name(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("APP_FILE=1\nFILE=2\n")
    config = Config(path, environ={"APP_A": "1", "A": "2"}, env_prefix="APP_")
    assert (config("A"), config("FILE")) == ("1", "1")


def test_file_has_an_encoding(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes("A=é".encode("latin-1"))
    assert Config(path, environ={}, encoding="latin-1")("A") == "é"


def test_missing_file_is_a_warning(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Config file '.*' not found"):
        config = Config(tmp_path / "missing", environ={"A": "1"})
    assert config("A") == "1"


def test_process_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTAPI_LITE_TEST_DEFAULT", "1")
    assert Config()("FASTAPI_LITE_TEST_DEFAULT") == "1"
    assert isinstance(environ, Environ)


def test_undefined_is_not_a_default() -> None:
    with pytest.raises(KeyError):
        Config(environ={})("A", default=undefined)


# The environment


def test_variable_can_be_set_until_it_is_read() -> None:
    variables = Environ({})
    variables["A"] = "1"
    variables["A"] = "2"
    assert variables["A"] == "2"
    with pytest.raises(EnvironError, match=r"set environ\['A'\]"):
        variables["A"] = "3"


def test_read_variable_cannot_be_deleted() -> None:
    variables = Environ({"A": "1", "B": "2"})
    del variables["B"]
    assert variables["A"] == "1"
    with pytest.raises(EnvironError, match=r"delete environ\['A'\]"):
        del variables["A"]


def test_variable_that_was_looked_for_cannot_be_set() -> None:
    variables = Environ({})
    assert variables.get("A") is None
    with pytest.raises(EnvironError):
        variables["A"] = "1"


def test_environment_is_a_mapping() -> None:
    variables = Environ({"A": "1"})
    assert (list(variables), len(variables)) == (["A"], 1)
