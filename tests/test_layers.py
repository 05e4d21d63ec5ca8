"""The drawing of the architecture, read from the imports.

assembly → description → operations → compilation → declarations → asgi → messages → vocabulary
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "fastapi_lite"

# From left to right; a name stands for the module and for what is below it, the longest name wins.
LAYERS = {
    "assembly": "applications testclient cli __main__ compat telemetry "
    "_testclient_exchange _testclient_request",
    "description": "openapi utils",
    "operations": "routing.options routing.declarations routing.tree routing.api "
    "routing.handlers routing.spelled_out routing.writers routing.streams routing.frontends",
    "compilation": "dependencies",
    "declarations": "params param_functions security",
    "asgi": "routing middleware staticfiles templating endpoints authentication schemas "
    "exception_handlers",
    "messages": "datastructures formparsers requests body websockets background concurrency "
    "encoders error_details responses sending sse",
    "vocabulary": "types status logger exceptions convertors config _inspect _options "
    "_deprecated openapi.models openapi.constants",
}
ORDER = list(LAYERS)
LAYER_OF = {name: layer for layer, names in LAYERS.items() for name in names.split()}

# Rule 2: who may import what from outside. `None`: nobody.
ONLY_IN = {
    "pydantic": "params param_functions security dependencies encoders sse openapi datastructures "
    "routing.api routing.tree routing.writers",
    "pydantic._internal": "",
    "python_multipart": "formparsers",
    "jinja2": "templating",
    "itsdangerous": "middleware.sessions",
    "httpx": "testclient _testclient_exchange _testclient_request",
    "httpx2": "testclient",
    "uvicorn": "cli",
    "click": "cli",
    "opentelemetry": "telemetry middleware.opentelemetry",
}
# Rule 3: serving does not know about documentation.
# Telemetry is a leaf: only what is asked for it imports it.
ONLY_IN_PACKAGE = {
    "openapi.utils": "applications openapi",
    "telemetry": "applications telemetry",
    "middleware.opentelemetry": "",
}


def module_name(file: Path) -> str:
    """`routing.paths`; empty for the package itself."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): file for file in sorted(PACKAGE.rglob("*.py"))}
SPREAD = {"", "routing"}
"""Packages whose `__init__` repeats names of several layers, for users."""


def imported(node: ast.AST) -> Iterator[str]:
    """The modules that run when `node` runs; what is there for type checkers only is left out."""
    match node:
        case ast.If(test=ast.Name("TYPE_CHECKING")):
            for statement in node.orelse:
                yield from imported(statement)
        case ast.Import(names=names):
            yield from (name.name for name in names)
        case ast.ImportFrom(module=str(module), names=names):
            for name in names:
                below = f"{module}.{name.name}"
                yield below if below.removeprefix("fastapi_lite.") in MODULES else module
        case _:
            for child in ast.iter_child_nodes(node):
                yield from imported(child)


IMPORTS = {name: set(imported(ast.parse(file.read_text()))) for name, file in MODULES.items()}


def within(name: str, names: str) -> bool:
    """Whether `name` is one of `names`, or below one."""
    return any(name == outer or name.startswith(f"{outer}.") for outer in names.split())


def layer_of(name: str) -> int:
    """The place of module `name` in the drawing, from the left."""
    while name not in LAYER_OF:
        name, _, _ = name.rpartition(".")
        assert name, "every module has a layer in the table above"
    return ORDER.index(LAYER_OF[name])


def own_imports(name: str) -> set[str]:
    """The modules of this package that module `name` imports."""
    return {
        module.removeprefix("fastapi_lite").removeprefix(".")
        for module in IMPORTS[name]
        if within(module, "fastapi_lite")
    }


@pytest.mark.parametrize("name", sorted(set(MODULES) - SPREAD))
def test_module_imports_only_from_its_layer_or_from_the_right(name: str) -> None:
    assert {other for other in own_imports(name) if layer_of(other) < layer_of(name)} == set()


@pytest.mark.parametrize("name", sorted(set(MODULES) - SPREAD))
def test_module_imports_from_the_submodule_not_from_the_package(name: str) -> None:
    assert own_imports(name) & SPREAD == set()


@pytest.mark.parametrize("package", ONLY_IN)
def test_package_is_imported_only_where_it_belongs(package: str) -> None:
    importing = {
        name
        for name, modules in IMPORTS.items()
        if any(within(module, package) for module in modules)
    }
    assert {name for name in importing if not within(name, ONLY_IN[package])} == set()


@pytest.mark.parametrize("module", ONLY_IN_PACKAGE)
def test_module_is_imported_only_where_it_belongs(module: str) -> None:
    importing = {name for name, modules in IMPORTS.items() if f"fastapi_lite.{module}" in modules}
    assert {name for name in importing if not within(name, ONLY_IN_PACKAGE[module])} == set()
