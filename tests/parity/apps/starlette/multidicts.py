"""Headers, multidicts, query parameters and state, as values."""

from fastapi_lite.applications import Starlette
from fastapi_lite.datastructures import (
    Address,
    CommaSeparatedStrings,
    FormData,
    Headers,
    ImmutableMultiDict,
    MultiDict,
    MutableHeaders,
    QueryParams,
    Secret,
    State,
)
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route


def multidict(request):
    values = MultiDict([("a", "1"), ("a", "2"), ("b", "3")])
    seen = [
        values["a"],
        values.getlist("a"),
        len(values),
        values.multi_items(),
        "c" in values,
        repr(values),
    ]
    values.append("c", "4")
    values["a"] = "5"
    values.setlist("b", ["6", "7"])
    seen += [
        values.poplist("b"),
        values.pop("c"),
        values.popitem(),
        values.setdefault("d", "8"),
        values.multi_items(),
    ]
    values.update({"e": "9"}, f="10")
    same = ImmutableMultiDict([("a", 1), ("a", 2)]) == ImmutableMultiDict([("a", 2), ("a", 1)])
    return JSONResponse([*map(str, seen), values.multi_items(), same])


def query(request):
    params = QueryParams("a=1&a=2&b=%20x&c=")
    more = (
        QueryParams({"a": 1, "b": None}),
        QueryParams([("a", "1"), ("a", "2")]),
        QueryParams(a="é&"),
    )
    return JSONResponse(
        [params.multi_items(), str(params), repr(params), params["a"], [str(one) for one in more]]
    )


def headers(request):
    made = MutableHeaders({"A": "1", "b": "2"})
    made["a"] = "3"
    made.append("B", "4")
    made.setdefault("C", "5")
    made.add_vary_header("Accept")
    made.add_vary_header("Origin")
    made.update({"D": "6"})
    made |= {"E": "7"}
    del made["c"]
    joined = made | {"f": "8"}
    frozen = Headers(raw=[(b"x", b"1"), (b"x", b"2")])
    return JSONResponse(
        [
            made.items(),
            repr(made),
            joined.keys(),
            frozen.getlist("X"),
            frozen.values(),
            frozen == Headers({"x": "2"}),
            frozen.mutablecopy().items(),
        ]
    )


def others(request):
    secret = Secret("hidden")
    words = CommaSeparatedStrings('a, b,"c d"')
    state = State({"a": 1})
    state.b = 2
    del state.a
    form = FormData([("a", "1"), ("a", "2")])
    try:
        state.nothing
    except AttributeError as error:
        missing = str(error)
    return JSONResponse(
        [
            repr(secret),
            str(secret),
            bool(secret),
            list(words),
            repr(words),
            str(words),
            state.b,
            missing,
            form.getlist("a"),
            repr(Address("h", 1)),
        ]
    )


app = Starlette(
    routes=[Route(f"/{one.__name__}", one) for one in (multidict, query, headers, others)]
)
REQUESTS = [{"url": f"/{name}"} for name in ("multidict", "query", "headers", "others")]
