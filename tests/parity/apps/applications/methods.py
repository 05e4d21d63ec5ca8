"""One function per method, several methods in one, and methods nobody knows."""

from fastapi_lite import FastAPI, Request, Response

app = FastAPI()


def named(method: str):
    def answer(response: Response):
        response.headers["x-method"] = method
        return {"method": method}

    return answer


for decorate in (app.get, app.put, app.post, app.delete, app.options, app.patch, app.trace):
    decorate("/all")(named(decorate.__name__))


@app.head("/all", status_code=204)
def head(response: Response) -> None:
    response.headers["x-method"] = "head"


@app.api_route("/several", methods=["GET", "POST", "get", "PURGE"], include_in_schema=False)
def several(request: Request):
    return request.method


@app.api_route("/query", methods=["QUERY"])
def query(filters: dict[str, str]):
    return filters


@app.api_route("/alone")
def alone():
    return "only GET"


app.add_api_route("/added", named("added"), methods={"PATCH"}, name="added", status_code=202)

REQUESTS = [
    *(
        {"url": "/all", "method": method}
        for method in ("GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE", "HEAD")
    ),
    {"url": "/all", "method": "get"},
    {"url": "/several"},
    {"url": "/several", "method": "POST"},
    {"url": "/several", "method": "PURGE"},
    {"url": "/several", "method": "DELETE"},
    {"url": "/query", "method": "QUERY", "json": {"a": "b"}},
    {"url": "/query", "method": "QUERY", "json": {"a": 1}},
    {"url": "/alone", "method": "HEAD"},
    {"url": "/added", "method": "PATCH"},
    {"url": "/added"},
]
