"""Cookies that clients are to forget, and those that last for a time from now."""

from fastapi_lite import FastAPI, Response

app = FastAPI()


@app.get("/forget")
def forget(response: Response) -> None:
    response.delete_cookie("a")
    response.delete_cookie("b", "/x", "a.example", True, True, "strict")
    response.delete_cookie("c", samesite=None)


@app.get("/lasting")
def lasting(response: Response) -> None:
    response.set_cookie("a", "1", expires=3600)
    response.set_cookie("b", "1", max_age=60, expires=0)
    response.set_cookie("c", "1", expires="Tue, 14 Nov 2023 22:13:20 GMT")


REQUESTS = [{"url": "/forget"}, {"url": "/lasting"}]
