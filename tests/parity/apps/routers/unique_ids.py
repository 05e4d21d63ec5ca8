"""Which layer's function makes the id of an operation; ids that are said win over all."""

from fastapi_lite import APIRouter, FastAPI


def by(layer: str):
    return lambda route: f"{layer}:{route.name}:{route.path_format}"


app = FastAPI(generate_unique_id_function=by("app"))
first = APIRouter(prefix="/first", generate_unique_id_function=by("first"))
second = APIRouter(prefix="/second")
third = APIRouter(prefix="/third", generate_unique_id_function=by("third"))


def add(router, path):
    @router.post(path)
    def plain(body: dict[str, int], key: int):
        return body

    @router.get(path, generate_unique_id_function=by("operation"))
    def own():
        return path

    @router.put(path, operation_id=f"said{path}")
    def said(body: int, other: str):
        return body


add(app, "/app")
add(first, "/a")
add(second, "/a")
add(third, "/a/{key}")
second.include_router(third)
app.include_router(first)
app.include_router(second, generate_unique_id_function=by("inclusion"))
app.include_router(third, prefix="/more", generate_unique_id_function=by("replaced"))


@app.get("/ids")
def ids():
    return [
        [one.path, getattr(one.original_route, "unique_id", None)]
        for one in app.router.routes
        if hasattr(one, "original_route")
    ]


REQUESTS = [
    {"url": "/first/a"},
    {"method": "POST", "url": "/second/third/a/1", "json": {"a": 1}},
    {"method": "POST", "url": "/more/third/a/x", "json": {"a": "b"}},
    {"url": "/ids"},
]
