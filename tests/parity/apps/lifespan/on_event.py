"""Handlers of the start and the end, in their older forms."""

from fastapi_lite import FastAPI, Request

SEEN: list[str] = []


def note(name: str):
    def noted() -> None:
        SEEN.append(name)

    return noted


async def first() -> None:
    SEEN.append("first")


app = FastAPI(on_startup=[first, note("second")], on_shutdown=[note("ends")])


@app.on_event("startup")
async def third() -> None:
    SEEN.append("third")
    app.state.ready = True


@app.on_event("shutdown")
def last() -> None:
    SEEN.append("last")


app.router.add_event_handler("startup", note("fourth"))


@app.get("/seen")
def seen(request: Request):
    return [SEEN, app.state.ready, len(app.router.on_startup), len(app.router.on_shutdown)]


@app.get("/unknown")
def unknown():
    try:
        app.router.add_event_handler("reload", first)
    except AssertionError:
        return "refused"


REQUESTS = [{"url": "/seen"}, {"url": "/unknown"}]
