"""Has `fastapi_lite` mean the released FastAPI and Starlette, for applications that import it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

PEERS = ("fastapi", "starlette")


def stand_in() -> None:
    """From now on, `fastapi_lite.X` is what `fastapi.X` and `starlette.X` have, in this order."""
    sys.meta_path.insert(0, Finder())


class Finder(MetaPathFinder):
    """Finds `fastapi_lite` and all below it in the peers."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module that joins those of the peers; nothing where neither has one."""
        package, _, below = fullname.partition(".")
        if package != "fastapi_lite":
            return None
        names = [f"{peer}.{below}" if below else peer for peer in PEERS]
        there = [name for name in names if is_there(name)]
        return ModuleSpec(fullname, Joined(there), is_package=True) if there else None


class Joined(Loader):
    """Loads a module whose attributes are those of the modules called `names`."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """The usual."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Have the module ask the joined ones for all it is asked for."""
        parts = [import_module(name) for name in self.names]

        def find(name: str) -> Any:
            for part in parts:
                if hasattr(part, name):
                    return getattr(part, name)
            raise AttributeError(f"neither of {', '.join(self.names)} has {name!r}")

        vars(module)["__getattr__"] = find


def is_there(name: str) -> bool:
    """Whether there is a module called `name`."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
