"""What is installed: what importing the package costs, and what the built wheel carries."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def hook() -> ModuleType:
    """The build hook, as a module."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pack(folder: Path, hook: ModuleType, content: bytes) -> Any:
    """A package whose archive is in `folder`, as npm would have packed it."""
    (folder / "package").mkdir()
    (folder / "package" / "a.js").write_bytes(content)
    archive = folder / "thing-1.2.3.tgz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(folder / "package", "package")
    digest = hook.integrity_of(archive, "sha512")
    return hook.Package("thing", "1.2.3", digest, ("a.js",), {b"http://far": b"data:,"})


@pytest.mark.parametrize("module", ["httpx", "uvicorn", "python_multipart", "jinja2", "click"])
def test_importing_the_package_leaves_out(module: str) -> None:
    program = f"import fastapi_lite, sys; sys.exit({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=ROOT)
    assert done.returncode == 0


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import hatchling.build, sys; hatchling.build.build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, folder], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(
    "name",
    ["fastapi_lite/py.typed", "fastapi_lite/openapi/favicon.svg", "fastapi_lite/applications.py"],
)
def test_wheel_carries(wheel: set[str], name: str) -> None:
    assert name in wheel


def test_wheel_carries_nothing_beside_the_package(wheel: set[str]) -> None:
    folders = {name.partition("/")[0] for name in wheel}
    assert {name for name in folders if not name.endswith(".dist-info")} == {"fastapi_lite"}


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm, which fetches them, is not there")
@pytest.mark.parametrize(
    "name",
    [
        "swagger-ui-dist@5/swagger-ui-bundle.js",
        "swagger-ui-dist@5/swagger-ui.css",
        "redoc@2/bundles/redoc.standalone.js",
    ],
)
def test_wheel_carries_the_documentation_pages(  # pragma: no cover - npm may be absent
    wheel: set[str], name: str
) -> None:
    assert f"fastapi_lite/openapi/assets/{name}" in wheel


def test_assets_come_from_the_pinned_archive(
    tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = pack(tmp_path, hook, b"'http://far'")
    monkeypatch.setattr(hook, "download", lambda package, folder: tmp_path / "thing-1.2.3.tgz")
    hook.place(package, tmp_path / "assets")
    assert (tmp_path / "assets" / "thing@1" / "a.js").read_bytes() == b"'data:,'"


def test_assets_that_are_there_are_not_fetched_again(
    tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = pack(tmp_path, hook, b"")
    monkeypatch.setattr(hook, "download", lambda package, folder: tmp_path / "thing-1.2.3.tgz")
    assert [hook.place(package, tmp_path / "assets") for _ in range(2)] == [True, False]


def test_another_archive_than_the_pinned_one_is_refused(
    tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = pack(tmp_path, hook, b"")
    (tmp_path / "thing-1.2.3.tgz").write_bytes(b"something else")
    monkeypatch.setattr(hook, "download", lambda package, folder: tmp_path / "thing-1.2.3.tgz")
    with pytest.raises(hook.IntegrityError, match=r"thing-1\.2\.3\.tgz is not the archive pinned"):
        hook.place(package, tmp_path / "assets")


def test_build_goes_on_without_npm(
    tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(hook.AssetsHook, "app", type("App", (), {"display_warning": said.append}))
    hook.AssetsHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel").initialize("1", {})
    assert [line.rpartition(": ")[2] for line in said] == ["npm is not installed"] * 2


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (
            subprocess.CalledProcessError(1, "npm", stderr="no network"),
            "could not get .* no network",
        ),
        (subprocess.TimeoutExpired("npm", 120), "gave no thing@1.2.3 within"),
    ],
)
def test_npm_without_a_registry_makes_the_assets_unavailable(
    tmp_path: Path,
    hook: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
    message: str,
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise failure

    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/npm")
    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(hook.Unavailable, match=message):
        hook.download(hook.Package("thing", "1.2.3", "", ()), tmp_path)
