"""Routing by host: subdomains, ports, URLs to other hosts."""

from fastapi_lite.applications import Starlette
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Host, Route, Router


def show(request):
    return JSONResponse(
        {
            "params": request.path_params,
            "url": str(request.url_for("org:user", name="ada", org="x")),
            "api": str(request.url_for("api:home")),
        }
    )


api = Router([Route("/", show, name="home")])
org = Router([Route("/{name}", show, name="user")])
app = Starlette(
    routes=[
        Host("api.example.org", api, name="api"),
        Host("{org}.example.org", org, name="org"),
        Host("port.example.org:3600", api),
        Route("/", show),
    ]
)
REQUESTS = [
    {"url": path, "headers": {"Host": host}}
    for host in (
        "api.example.org",
        "API.example.org",
        "api.example.org:8000",
        "a.example.org",
        "a.b.example.org",
        "example.org",
        "port.example.org",
        "port.example.org:3600",
        "xapi.example.orgx",
    )
    for path in ("/", "/ada")
]
