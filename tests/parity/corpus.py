"""Which applications are compared, and with what requests."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.parity.examples import ENDLESS, EXAMPLES, NOT_COMPARED, STATEFUL

Request = dict[str, Any]

APPS = Path(__file__).parent / "apps"
EXAMPLES_FOLDER = Path(__file__).parents[2] / "docs_src"


def application_names() -> list[str]:
    """The modules of all applications: the corpus, and the examples of the documentation."""
    corpus = [
        ".".join(("tests.parity.apps", *file.relative_to(APPS).with_suffix("").parts))
        for file in sorted(APPS.glob("*/*.py"))
        if file.stem != "__init__"
    ]
    return [*corpus, *(name for name in examples() if name not in NOT_COMPARED)]


def examples() -> list[str]:
    """The modules of all examples of the documentation that make an application."""
    return [
        ".".join(file.relative_to(EXAMPLES_FOLDER.parent).with_suffix("").parts)
        for file in sorted(EXAMPLES_FOLDER.rglob("*.py"))
        if re.search(r"^app = (FastAPI|Starlette)\b", file.read_text("utf-8"), re.MULTILINE)
    ]


def short(name: str) -> str:
    """What an application is called in reports: `errors/handlers`, `docs_src/errors/handlers`."""
    return name.removeprefix("tests.parity.apps.").replace(".", "/")


def requests_of(name: str, module: ModuleType) -> list[Request]:
    """What is asked of an application: what its author thought of, and what others may send."""
    declared: list[Request] = EXAMPLES.get(name) or getattr(module, "REQUESTS", [])
    # One request more would change what others say.
    if name in STATEFUL or getattr(module, "STATEFUL", False):
        return declared
    more = undeclared(declared, module.app)
    declared = [*declared, *(one for one in more if one["url"] not in ENDLESS.get(name, ()))]
    return [*declared, *derived(declared)]


def undeclared(declared: list[Request], app: Any) -> list[Request]:
    """A request for each documented operation that has none."""
    try:
        paths = app.openapi()["paths"] if hasattr(app, "openapi") else {}
    except Exception:  # what has no document is declared whole
        return []
    asked = [(one.get("method", "GET"), path_of(one)) for one in declared if "url" in one]
    return [
        {"method": method.upper(), "url": re.sub(r"{[^}]*}", "1", path)}
        for path, operations in paths.items()
        for method in operations
        if method in METHODS
        and not any(
            asked_method == method.upper()
            and re.fullmatch(re.sub(r"{[^}]*}", ".*", path), asked_path)
            for asked_method, asked_path in asked
        )
    ]


def path_of(request: Request) -> str:
    """The path that a request is for."""
    url = request["url"]
    return (url if isinstance(url, str) else url.decode("latin-1")).partition("?")[0]


def derived(declared: list[Request]) -> list[Request]:
    """Requests that no author of a client intends, to each path of the declared ones, once."""
    seen: set[tuple[str, str]] = set()
    requests: list[Request] = []
    for request in declared:
        url = request.get("url")
        method = request.get("method", "GET")
        if not isinstance(url, str):
            continue
        path = url.partition("?")[0]
        if (method, path) not in seen and len(path) < 200:
            seen.add((method, path))
            base = {key: value for key, value in request.items() if key not in CONTENT}
            requests += hostile(base, path, method)
    # Known to differ: what it does to the application is to change no other answer.
    return sorted(requests, key=lambda request: str(request["url"]).endswith("%0A"))


METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"))

CONTENT = frozenset(("json", "data", "files", "content", "chunks", "jar", "leaves"))
"""What of a request is its body, or how it comes."""


def hostile(base: Request, path: str, method: str) -> list[Request]:
    """What may be sent to `path` in place of what it is for."""
    query = b"%FF=%00&=&&a=\xc3%28&%5B%5D=" + b"9" * 300
    requests: list[Request] = [
        {**base, "url": path.rstrip("/") if path.endswith("/") and path != "/" else f"{path}/"},
        {**base, "url": f"{path}%00"},
        {**base, "url": f"{path}%0A"},
        {**base, "url": f"{path}%FF"},
        {**base, "url": f"{path}{'9' * 300}"},
        {**base, "url": path, "method": "BREW"},
        {**base, "url": path, "method": "OPTIONS"},
        {**base, "url": path.encode() + b"?" + query},
    ]
    if method == "GET":
        return [*requests, {**base, "url": path, "method": "HEAD"}]
    said = {**base, "url": path}
    json = {**base.get("headers", {}), "content-type": "application/json"}
    form = {**base.get("headers", {}), "content-type": "application/x-www-form-urlencoded"}
    parts = {**base.get("headers", {}), "content-type": "multipart/form-data"}
    return [
        *requests,
        said,
        {**said, "headers": json, "content": b""},
        {**said, "headers": json, "content": b'{"a": '},
        {**said, "headers": json, "content": b"[NaN, 1e999]"},
        {**said, "headers": json, "content": b'{"a": "\\ud800"}'},
        {**said, "headers": json, "content": b"\xff\xfe"},
        {**said, "headers": json, "content": b"null"},
        {**said, "headers": form, "content": b"a=%FF&=&a&%00=1"},
        {**said, "headers": parts, "content": b"--x--"},
        {**said, "content": b"{}"},
    ]
