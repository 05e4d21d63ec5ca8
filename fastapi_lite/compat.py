"""`import fastapi` and `import starlette` give this package: for packages that are built on them.

    from fastapi_lite import compat

    compat.install()

Whichever name a module is imported by, it is the same module, with the same classes. Nothing of this
happens unless `install` is called.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import Distribution, DistributionFinder
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGE = "fastapi_lite"
RELEASES = {"fastapi": "0.165.0", "starlette": "1.10.0"}
"""The packages that are stood in for, and the releases whose public names are here."""

PRIVATE = {
    "starlette._utils": {
        "get_route_path": "routing.paths:get_route_path",
        "is_async_callable": "_inspect:is_async_callable",
    },
    "starlette._exception_handler": {
        "wrap_app_handling_exceptions": "routing.routes:wrap_app_handling_exceptions",
    },
    "fastapi._compat": {
        "ModelField": "dependencies.models:Parameter",
        "lenient_issubclass": "dependencies.utils:lenient_issubclass",
    },
}
"""What packages import from private modules there, and where it is here."""

__all__ = ["RELEASES", "install"]


def install() -> None:
    """Let imports of `fastapi` and `starlette` give this package, installed or not themselves.

    To be called before the first of them; calling it again does nothing. Both have a `__version__`,
    and a version for `importlib.metadata`: the release whose API is followed.
    Raises `RuntimeError` where one of them is imported already.
    """
    if any(isinstance(finder, StandIns) for finder in sys.meta_path):
        return
    for name in RELEASES:
        if name in sys.modules:
            origin = getattr(sys.modules[name], "__file__", None) or "an unknown place"
            raise RuntimeError(
                f"fastapi_lite.compat.install(): {name!r} is imported already, from {origin}. "
                f"Call install() before anything imports it, in the first lines of the program."
            )
    sys.meta_path.insert(0, StandIns())


class StandIns(MetaPathFinder):
    """Finds `fastapi.x` and `starlette.x` as `fastapi_lite.x`, and metadata of both packages."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """How to import `fullname`; `None` for what is not ours to give."""
        package, _, below = fullname.partition(".")
        if package not in RELEASES:
            return None
        if not below:
            return ModuleSpec(fullname, FacadeLoader(), is_package=True)
        if fullname in PRIVATE:
            return ModuleSpec(fullname, PrivateLoader())
        same = find_spec(f"{PACKAGE}.{below}")
        return same and ModuleSpec(fullname, SameModule(same.name), origin=same.origin)

    def find_distributions(
        self,
        context: DistributionFinder.Context = DistributionFinder.Context(),
    ) -> Iterator[Distribution]:
        """The metadata of the packages stood in for."""
        return (StandIn(name) for name in RELEASES if context.name in (name, None))


class FacadeLoader(Loader):
    """Makes the module of a package stood in for."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """A module that is `fastapi_lite` under another name and with another version."""
        return Facade(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Say which release the module stands for."""
        module.__version__ = RELEASES[module.__name__]  # type: ignore[attr-defined]


class Facade(ModuleType):
    """`fastapi_lite` under another name: what is read, set or deleted of its names is so there too.

    Other names that are set, as notes of packages are, stay with the one package.
    """

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        # What replaces names for a while looks here for what to put back.
        return vars(import_module(PACKAGE))

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(PACKAGE), name)

    def __setattr__(self, name: str, value: object) -> None:
        package = import_module(PACKAGE)
        is_own = name.startswith("__") or not hasattr(package, name)
        object.__setattr__(self if is_own else package, name, value)

    def __delattr__(self, name: str) -> None:
        try:
            super().__delattr__(name)
        except AttributeError:
            delattr(import_module(PACKAGE), name)

    def __dir__(self) -> list[str]:
        return dir(import_module(PACKAGE))


@dataclass(slots=True)
class SameModule(Loader):
    """Gives the module `name`, as it is."""

    name: str
    spec: ModuleSpec | None = field(init=False, default=None)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module, imported under its own name first."""
        module = import_module(self.name)
        self.spec = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module its own spec, in whose place the import system has put the alias's."""
        module.__spec__ = self.spec


class PrivateLoader(Loader):
    """Makes a module of what is asked for of a private one."""

    def exec_module(self, module: ModuleType) -> None:
        """Put the names of the table into the module."""
        for name, place in PRIVATE[module.__name__].items():
            home, _, own_name = place.partition(":")
            setattr(module, name, getattr(import_module(f"{PACKAGE}.{home}"), own_name))


@dataclass(frozen=True)
class StandIn(Distribution):
    """What `importlib.metadata` says of a package stood in for."""

    package: str

    def read_text(self, filename: str | PathLike[str]) -> str | None:
        """The metadata; there is no other file."""
        version = RELEASES[self.package]
        metadata = f"Metadata-Version: 2.1\nName: {self.package}\nVersion: {version}\n"
        return metadata if filename == "METADATA" else None

    def locate_file(self, path: str | PathLike[str]) -> Path:
        """Where a file of the package would be."""
        return Path(__file__).parent / path
