"""Responses rendered from Jinja templates; needs the package `jinja2`."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from os import PathLike
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import jinja2

from fastapi_lite.exceptions import FastAPIError, StarletteDeprecationWarning
from fastapi_lite.requests import Request
from fastapi_lite.responses.base import HTMLResponse, offers

if TYPE_CHECKING:
    from fastapi_lite.background import BackgroundTask
    from fastapi_lite.datastructures.url import URL
    from fastapi_lite.types import Receive, Scope, Send

P = ParamSpec("P")
Self = TypeVar("Self")
ContextProcessor = Callable[[Request], dict[str, Any]]
Directory = str | PathLike[str]


class TemplatesError(FastAPIError, AssertionError):
    """Templates come from nowhere; an `AssertionError` too, which Starlette raises for it."""


class TemplateResponse(HTMLResponse):
    """A rendered template; test clients see its `template` and `context`."""

    def __init__(
        self,
        template: Any,
        context: dict[str, Any],
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        background: BackgroundTask | None = None,
    ) -> None:
        self.template = template
        self.context = context
        super().__init__(template.render(context), status_code, headers, media_type, background)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response, and to a test client what it was rendered from."""
        if scope["type"] == "http" and offers(scope, "http.response.debug"):
            info = {"template": self.template, "context": self.context}
            await send({"type": "http.response.debug", "info": info})
        await super().__call__(scope, receive, send)


_TemplateResponse = TemplateResponse  # Starlette's name, which annotations use


def in_new_order(
    render: Callable[Concatenate[Self, P], TemplateResponse],
) -> Callable[Concatenate[Self, P], TemplateResponse]:
    """`render(request, name, context)`, also called as once with `name` and `context` only."""

    @wraps(render)
    def render_from_either(self: Self, *args: P.args, **kwargs: P.kwargs) -> TemplateResponse:
        old_order = isinstance(args[0], str) if args else "request" not in kwargs
        if not old_order:
            return render(self, *args, **kwargs)
        warnings.warn(
            "TemplateResponse(name, {'request': request, ...}) goes with 1.0: the request comes "
            "first. Call TemplateResponse(request, name, {...}).",
            StarletteDeprecationWarning,
            stacklevel=2,
        )
        names = ("name", "context", "status_code", "headers", "media_type", "background")
        given: dict[str, Any] = {**dict(zip(names, args, strict=False)), **kwargs}
        context: dict[str, Any] = given.get("context") or {}
        request = context.get("request")
        if request is None:
            raise ValueError("The context has no 'request'. Call TemplateResponse(request, name).")
        newly_called: Callable[..., TemplateResponse] = render
        return newly_called(self, request=request, **given)

    return cast(Callable[Concatenate[Self, P], TemplateResponse], render_from_either)


class Jinja2Templates:
    """Renders the templates of `directory`, or of several; or those of an environment, `env`.

    `context_processors`: functions of the request whose dictionaries complete every context.
    Templates call `url_for(name, ...)` for the URL of a route, and escape HTML unless `env` does
    not. Raises `TemplatesError` unless it is given one of `directory` and `env`.
    """

    env: jinja2.Environment
    context_processors: Sequence[ContextProcessor]

    def __init__(
        self,
        directory: Directory | Sequence[Directory] | None = None,
        *,
        context_processors: Sequence[ContextProcessor] | None = None,
        env: jinja2.Environment | None = None,
        **env_options: Any,
    ) -> None:
        if (directory is None) == (env is None):
            raise TemplatesError(
                "Jinja2Templates: either 'directory' or 'env' arguments must be passed, not both."
            )
        if env_options:
            warnings.warn(
                f"Jinja2Templates({', '.join(env_options)}) goes with 1.0. "
                "Pass env=jinja2.Environment(...) with these options.",
                StarletteDeprecationWarning,
                stacklevel=2,
            )
        if env is None:
            options: dict[str, Any] = {
                "loader": jinja2.FileSystemLoader(cast(Directory, directory)),
                "autoescape": jinja2.select_autoescape(),
                **env_options,
            }
            env = jinja2.Environment(**options)
        cast(dict[str, Any], env.globals).setdefault("url_for", url_for)
        self.env = env
        self.context_processors = context_processors or []

    def get_template(self, name: str) -> jinja2.Template:
        """The template `name`; raises `jinja2.TemplateNotFound`."""
        return self.env.get_template(name)

    @in_new_order
    def TemplateResponse(  # noqa: N802 - Starlette's name
        self,
        request: Request,
        name: str,
        context: dict[str, Any] | None = None,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        background: BackgroundTask | None = None,
    ) -> TemplateResponse:
        """The template `name` rendered with `context`, the request, and what processors add."""
        whole = {"request": request, **(context or {})}
        for processor in self.context_processors:
            whole |= processor(request)
        template = self.get_template(name)
        return TemplateResponse(template, whole, status_code, headers, media_type, background)


@jinja2.pass_context
def url_for(context: Mapping[str, Any], name: str, /, **path_params: Any) -> URL:
    """The URL of the route `name`, for templates."""
    request: Request = context["request"]
    return request.url_for(name, **path_params)
