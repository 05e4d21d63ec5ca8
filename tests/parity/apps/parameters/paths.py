"""Convertors in decorated paths, encoded characters, names that begin alike."""

from uuid import UUID

from fastapi_lite import FastAPI

app = FastAPI()


@app.get("/files/{path:path}")
def files(path: str):
    return path


@app.get("/int/{n:int}")
def number(n: int):
    return n


@app.get("/float/{x:float}/{y:float}")
def floats(x: float, y: float):
    return [x, y]


@app.get("/uuid/{u:uuid}")
def uuid(u: UUID):
    return u


@app.get("/users/me")
def me():
    return "me"


@app.get("/users/{user}")
def user(user: str):
    return user


@app.get("/users/{user}/{rest:path}/end")
def rest(user: str, rest: str):
    return [user, rest]


@app.get("/{a}-{b}.{c}")
def parts(a: str, b: int, c: str):
    return [a, b, c]


@app.get("/prefix{x}")
def prefix(x: str):
    return x


REQUESTS = [
    {"url": "/files/a/b/c.txt"},
    {"url": "/files/"},
    {"url": "/files//etc/passwd"},
    {"url": "/files/a%2Fb/../c"},
    {"url": "/int/007"},
    {"url": "/int/-1"},
    {"url": "/int/x"},
    {"url": "/float/1/2.50"},
    {"url": "/float/.5/1"},
    {"url": "/uuid/6a1d6a1c-6d39-4d5b-9a42-0a8f5f9d4c11"},
    {"url": "/uuid/6A1D6A1C6D394D5B9A420A8F5F9D4C11"},
    {"url": "/users/me"},
    {"url": "/users/you%20and%C3%A9"},
    {"url": "/users/"},
    {"url": "/users/a/b/c/end"},
    {"url": "/a-1.x"},
    {"url": "/a-b-2.x.y"},
    {"url": "/a-z.x"},
    {"url": "/prefixed"},
    {"url": "/prefix"},
    {"url": "/users/%F0%9F%98%80"},
]
