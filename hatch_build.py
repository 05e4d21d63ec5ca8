"""Places Swagger UI and ReDoc into `fastapi_lite/openapi/assets/`, so that the wheel carries them.

The files come from the npm registry through the npm client, in the versions pinned here. Where npm
or the registry is absent the build goes on without them, and `/docs` then uses the CDN.
"""

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NPM_TIMEOUT = 120
"""Seconds after which the npm client is taken to have no network."""


class IntegrityError(Exception):
    """An archive is not the one that was pinned."""


class Unavailable(Exception):
    """The npm client is absent, or cannot reach its registry."""


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package, and what is taken from it."""

    name: str
    version: str
    integrity: str
    """As npm states it: `sha512-` and the digest in base64."""
    files: tuple[str, ...]
    without: Mapping[bytes, bytes] = field(default_factory=dict)
    """Addresses of other hosts in the files, and what stands in their place."""

    @property
    def folder(self) -> str:
        """Named as on the CDN, by the major version: `redoc@2`."""
        return f"{self.name}@{self.version.partition('.')[0]}"


PACKAGES = (
    Package(
        name="swagger-ui-dist",
        version="5.35.0",
        integrity="sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAhw0G8CgwrzU4YmXkn"
        "/h0wCDNsXdGarTNNHC3sU8yVUQ==",
        files=(
            "swagger-ui-bundle.js",
            "swagger-ui-bundle.js.LICENSE.txt",
            "swagger-ui.css",
            "LICENSE",
            "NOTICE",
        ),
    ),
    Package(
        name="redoc",
        version="2.5.4",
        integrity="sha512-M6jWhG1qoBnH6TFmzJnstyCZ87HmOY/UzDm78mHiYihEdlV/YcS9ogOo1NlElnJM"
        "eLsyxHFe2yFc4sNjHTrABQ==",
        files=(
            "bundles/redoc.standalone.js",
            "bundles/redoc.standalone.js.LICENSE.txt",
            "LICENSE",
        ),
        # ReDoc hides its logo when the image cannot be shown.
        without={b"https://cdn.redoc.ly/redoc/logo-mini.svg": b"data:,"},
    ),
)


def place(package: Package, assets: Path) -> bool:
    """Put the files of `package` under `assets`; `False` if they were there already.

    Raises `Unavailable` without npm or its registry, `IntegrityError` for another archive.
    """
    target = assets / package.folder
    stamp = target / ".integrity"
    if stamp.is_file() and stamp.read_text() == package.integrity:
        return False
    with tempfile.TemporaryDirectory() as folder:
        archive = download(package, Path(folder))
        check(archive, package.integrity)
        unpacked = extract(archive, package, Path(folder, "unpacked"))
        (unpacked / stamp.name).write_text(package.integrity)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(unpacked, target)
    return True


def download(package: Package, folder: Path) -> Path:
    """The archive of `package` as the npm client packs it into `folder`."""
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable("npm is not installed")
    wanted = f"{package.name}@{package.version}"
    try:
        subprocess.run(
            [npm, "pack", wanted, "--ignore-scripts", "--pack-destination", str(folder)],
            cwd=folder,
            check=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=NPM_TIMEOUT,
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"npm gave no {wanted} within {NPM_TIMEOUT} seconds") from error
    except subprocess.CalledProcessError as error:
        raise Unavailable(f"npm could not get {wanted}: {error.stderr.strip()[-500:]}") from error
    return folder / f"{package.name}-{package.version}.tgz"


def check(archive: Path, integrity: str) -> None:
    """Raise `IntegrityError` unless `archive` has the pinned digest."""
    if integrity_of(archive, integrity.partition("-")[0]) != integrity:
        raise IntegrityError(
            f"{archive.name} is not the archive pinned in hatch_build.py: its digest differs."
        )


def integrity_of(archive: Path, algorithm: str) -> str:
    """The digest of `archive` as npm states it: `sha512-…`."""
    digest = hashlib.new(algorithm, archive.read_bytes()).digest()
    return f"{algorithm}-{base64.b64encode(digest).decode()}"


def extract(archive: Path, package: Package, folder: Path) -> Path:
    """The wanted files of `archive`, below `folder`."""
    with tarfile.open(archive) as packed:
        for name in package.files:
            member = packed.extractfile(f"package/{name}")
            assert member is not None, f"{name} is in the pinned archive"
            content = member.read()
            for address, replacement in package.without.items():
                content = content.replace(address, replacement)
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    return folder


class AssetsHook(BuildHookInterface[Any]):
    """Runs before every build of a wheel, editable ones included, and of a source distribution."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Place the assets, or say why the build goes on without them."""
        assets = Path(self.root, "fastapi_lite", "openapi", "assets")
        for package in PACKAGES:
            try:
                place(package, assets)
            except Unavailable as reason:
                self.app.display_warning(
                    f"Building without {package.name}, the documentation pages will use the CDN: "
                    f"{reason}"
                )
