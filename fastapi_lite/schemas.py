"""OpenAPI documents from the docstrings of plain endpoints, which end in YAML."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from fastapi_lite.requests import Request
from fastapi_lite.responses.base import Response
from fastapi_lite.routing.router import Host, Mount
from fastapi_lite.routing.routes import BaseRoute, Route

METHODS = ("get", "post", "put", "patch", "delete", "options", "query")
CONVERTOR = re.compile(r":\w+(?=\})")
SEPARATOR = "---"
"""The line between the text of a docstring and its YAML."""


class DocumentTypeError(TypeError, AssertionError):
    """A document is no dictionary; an `AssertionError` too, which Starlette raises for it."""


class OpenAPIResponse(Response):
    """Answers with a dictionary in YAML."""

    media_type: str | None = "application/vnd.oai.openapi"

    def render(self, content: Any) -> bytes:
        """`content` in YAML; raises `DocumentTypeError` where it is no dictionary."""
        if not isinstance(content, dict):
            raise DocumentTypeError("The schema passed to OpenAPIResponse should be a dictionary.")
        text: str = load_yaml().dump(content, default_flow_style=False)
        return text.encode()


class EndpointInfo(NamedTuple):
    """A function, and the path and method it answers."""

    path: str
    http_method: str
    func: Callable[..., Any]


class BaseSchemaGenerator:
    """Makes a document of routes; a subclass says which."""

    def get_schema(self, routes: list[BaseRoute]) -> dict[str, Any]:
        """The document of `routes`."""
        raise NotImplementedError(f"{type(self).__name__}.get_schema")

    def OpenAPIResponse(self, request: Request) -> Response:  # noqa: N802 - as programs call it
        """The document of the application that `request` has come to."""
        return OpenAPIResponse(self.get_schema(request.app.routes))

    def get_endpoints(self, routes: Sequence[BaseRoute]) -> list[EndpointInfo]:
        """What answers below `routes`, but for `HEAD` and what is not to be documented."""
        return list(find_endpoints(routes, ""))

    def parse_docstring(self, func_or_method: Callable[..., Any]) -> dict[str, Any]:
        """What the YAML in a docstring says; nothing if it has none, or is text alone."""
        docstring = func_or_method.__doc__ or ""
        parsed = load_yaml().safe_load(yaml_of(docstring.rpartition(SEPARATOR)[2]))
        return parsed if isinstance(parsed, dict) else {}


class SchemaGenerator(BaseSchemaGenerator):
    """Adds to `base_schema` the `paths` that docstrings describe."""

    def __init__(self, base_schema: dict[str, Any]) -> None:
        self.base_schema = base_schema

    def get_schema(self, routes: list[BaseRoute]) -> dict[str, Any]:
        """The document of `routes`; `QUERY` is in it from OpenAPI 3.2 on."""
        paths = {**self.base_schema.get("paths", {})}
        knows_query = version(self.base_schema.get("openapi", "")) >= (3, 2)
        for path, method, func in self.get_endpoints(routes):
            if method != "query" or knows_query:
                described = self.parse_docstring(func)
                if described:
                    paths[path] = {**paths.get(path, {}), method: described}
        return {**self.base_schema, "paths": paths}


def find_endpoints(routes: Sequence[BaseRoute], prefix: str) -> Iterator[EndpointInfo]:
    """What answers below `routes`, which lie at `prefix`."""
    for route in routes:
        if isinstance(route, Mount | Host):
            path = route.path if isinstance(route, Mount) else ""
            yield from find_endpoints(route.routes or (), prefix + CONVERTOR.sub("", path))
        elif isinstance(route, Route) and route.include_in_schema:
            path = prefix + CONVERTOR.sub("", route.path)
            endpoint: Any = route.endpoint
            if inspect.isfunction(endpoint) or inspect.ismethod(endpoint):
                for method in sorted(set(route.methods or {"GET"}) - {"HEAD"}):
                    yield EndpointInfo(path, method.lower(), endpoint)
            else:
                for method in METHODS:
                    if callable(func := getattr(endpoint, method, None)):
                        yield EndpointInfo(path, method, func)


def yaml_of(text: str) -> str:
    """`text` without the indentation of the function it stands in.

    Where it begins beside the quotes with a key alone, what follows is below that key, although its
    own indentation is lost (Python 3.13 takes it from docstrings, too).
    """
    first, _, rest = inspect.cleandoc(text).partition("\n")
    begins_at_once = text.lstrip(" ")[:1] != "\n"
    if begins_at_once and first.endswith(":") and not rest.startswith(" "):
        rest = textwrap.indent(rest, " ")
    return f"{first}\n{rest}"


def version(text: str) -> tuple[int, ...]:
    """The numbers of a version."""
    return tuple(int(part) for part in re.findall(r"\d+", text))


def load_yaml() -> Any:
    """The module `yaml`; raises `ImportError` with the remedy where it is not installed."""
    try:
        import yaml  # noqa: PLC0415 - an optional extra
    except ImportError as exc:
        raise ImportError("Schemas need YAML. Install it: `pip install pyyaml`.") from exc
    return yaml
