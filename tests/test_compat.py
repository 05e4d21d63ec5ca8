"""`import fastapi` and `import starlette` give this package, once that is asked for."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from unittest import mock

import pytest

import fastapi_lite
import fastapi_lite.routing
from fastapi_lite import compat

STOOD_IN = ("fastapi", "starlette")


def forget_imports() -> None:
    """Leave no module of the packages stood in for."""
    for name in [name for name in sys.modules if name.partition(".")[0] in STOOD_IN]:
        del sys.modules[name]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An interpreter in which nothing was imported or installed of this."""
    others = [one for one in sys.meta_path if not isinstance(one, compat.StandIns)]
    monkeypatch.setattr(sys, "meta_path", others)
    forget_imports()
    yield
    forget_imports()


@pytest.fixture
def installed(alone: None) -> None:
    """What `install` makes of the interpreter."""
    compat.install()


def run(program: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `program` in an interpreter of its own; `path` is where it finds other packages first."""
    places = [*([str(path)] if path else []), str(Path(fastapi_lite.__file__).parents[1])]
    program = f"import sys; sys.path[:0] = {places!r}\n{program}"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )


@pytest.mark.usefixtures("installed")
def test_both_names_of_a_module_are_the_module_itself() -> None:
    names = ("fastapi.routing", "starlette.routing", "fastapi_lite.routing")
    assert {id(importlib.import_module(name)) for name in names} == {id(fastapi_lite.routing)}


@pytest.mark.usefixtures("installed")
def test_module_keeps_its_own_name_and_spec() -> None:
    module = importlib.import_module("starlette.requests")
    assert module.__spec__ is not None
    assert (module.__name__, module.__spec__.name) == ("fastapi_lite.requests",) * 2


@pytest.mark.usefixtures("installed")
def test_modules_below_packages_are_the_same_too() -> None:
    module = importlib.import_module("starlette.middleware.cors")
    assert module is importlib.import_module("fastapi_lite.middleware.cors")


@pytest.mark.usefixtures("installed")
def test_package_offers_the_names_of_ours() -> None:
    assert importlib.import_module("fastapi").FastAPI is fastapi_lite.FastAPI


@pytest.mark.usefixtures("installed")
def test_package_lists_the_names_of_ours() -> None:
    assert dir(importlib.import_module("fastapi")) == dir(fastapi_lite)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", STOOD_IN)
def test_package_has_the_version_it_stands_for(name: str) -> None:
    assert importlib.import_module(name).__version__ == compat.RELEASES[name]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("name", STOOD_IN)
def test_metadata_has_the_version_too(name: str) -> None:
    assert importlib.metadata.version(name) == compat.RELEASES[name]


@pytest.mark.usefixtures("installed")
def test_metadata_lists_the_packages_among_all_others() -> None:
    names = {found.metadata["Name"] for found in importlib.metadata.distributions()}
    assert names >= {*STOOD_IN, "pydantic"}


@pytest.mark.usefixtures("installed")
def test_metadata_says_nothing_of_requirements() -> None:
    assert importlib.metadata.requires("fastapi") is None


@pytest.mark.usefixtures("installed")
def test_metadata_locates_files_in_this_package() -> None:
    located = importlib.metadata.distribution("starlette").locate_file("routing")
    assert located == Path(fastapi_lite.__file__).parent / "routing"


@pytest.mark.usefixtures("installed")
def test_name_set_on_a_package_is_set_on_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("fastapi"), "FastAPI", "another")
    assert fastapi_lite.FastAPI == "another"  # type: ignore[comparison-overlap]  # for the test


@pytest.mark.usefixtures("installed")
def test_name_replaced_for_a_while_is_back_afterwards() -> None:
    before = fastapi_lite.FastAPI
    with pytest.MonkeyPatch.context() as patch, mock.patch("starlette.APIRouter"):
        patch.setattr(importlib.import_module("fastapi"), "FastAPI", "another")
    assert (fastapi_lite.FastAPI, fastapi_lite.APIRouter) == (
        before,
        fastapi_lite.routing.APIRouter,
    )


@pytest.mark.usefixtures("installed")
def test_name_deleted_on_a_package_is_deleted_on_ours() -> None:
    fastapi_lite.for_a_while = "here"  # type: ignore[attr-defined]  # a name of the test alone
    package = importlib.import_module("starlette")
    del package.for_a_while
    assert not hasattr(fastapi_lite, "for_a_while")


@pytest.mark.usefixtures("installed")
def test_note_set_on_one_package_is_not_on_the_other() -> None:
    package = importlib.import_module("fastapi")
    package.is_patched = True  # type: ignore[attr-defined]  # a name of the test alone
    assert [
        hasattr(one, "is_patched") for one in (importlib.import_module("starlette"), package)
    ] == [
        False,
        True,
    ]
    del package.is_patched
    assert not hasattr(package, "is_patched")


@pytest.mark.usefixtures("installed")
def test_module_that_is_nowhere_is_reported_by_the_name_asked_for() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'fastapi\.nowhere'"):
        importlib.import_module("fastapi.nowhere")


@pytest.mark.usefixtures("installed")
def test_other_packages_are_left_alone() -> None:
    assert importlib.util.find_spec("no_such_package") is None


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("module", "name"),
    [(module, name) for module, names in compat.PRIVATE.items() for name in names],
)
def test_private_names_that_packages_import_are_there(module: str, name: str) -> None:
    assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.usefixtures("installed")
def test_installing_twice_installs_once() -> None:
    compat.install()
    assert sum(isinstance(finder, compat.StandIns) for finder in sys.meta_path) == 1


@pytest.mark.usefixtures("alone")
def test_installing_too_late_is_refused_with_the_place_of_the_other_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "starlette.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("starlette")
    with pytest.raises(
        RuntimeError, match=r"'starlette' is imported already, from .*starlette\.py"
    ):
        compat.install()


@pytest.mark.usefixtures("alone")
def test_module_from_nowhere_is_refused_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastapi", ModuleType("fastapi"))
    with pytest.raises(RuntimeError, match="from an unknown place"):
        compat.install()


def test_program_of_other_imports_runs_and_finds_one_of_each_class() -> None:
    done = run(
        "from fastapi_lite import compat; compat.install()\n"
        "from fastapi import FastAPI, HTTPException, status\n"
        "from fastapi.testclient import TestClient\n"
        "from starlette.exceptions import HTTPException as Lower\n"
        "from starlette.applications import Starlette\n"
        "assert HTTPException is Lower and issubclass(FastAPI, Starlette)\n"
        "app = FastAPI()\n"
        "@app.get('/')\n"
        "def read(): raise HTTPException(status.HTTP_418_IM_A_TEAPOT)\n"
        "print(TestClient(app).get('/').status_code)\n"
    )
    assert (done.stdout, done.stderr) == ("418\n", "")


def test_package_that_is_installed_gives_way(tmp_path: Path) -> None:
    (tmp_path / "fastapi.py").write_text("raise SystemExit('the other one')")
    done = run("from fastapi_lite import compat; compat.install(); import fastapi", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_stood_in_for_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "fastapi.py").write_text("raise SystemExit('the other one')")
    done = run("import fastapi_lite, fastapi_lite.compat; import fastapi", tmp_path)
    assert done.stderr.strip() == "the other one"
