"""Which of several routes that fit is taken: the first that was declared, wherever it is."""

from fastapi_lite import APIRouter, FastAPI

app = FastAPI()
router = APIRouter()


@app.get("/users/me")
def me():
    return "me"


@router.get("/users/{user}")
def in_router(user: str):
    return f"router: {user}"


app.include_router(router)


@app.get("/users/{user}")
def in_app(user: int):
    return f"app: {user}"


@app.post("/users/{user}")
def post(user: int):
    return f"posted: {user}"


@app.get("/users/{user:path}")
def rest(user: str):
    return f"rest: {user}"


@app.get("/{a}/x")
def a_x(a: str):
    return a


@app.get("/x/{b}")
def x_b(b: str):
    return b


@app.get("/file.{ext}")
def extension(ext: str):
    return ext


REQUESTS = [
    {"url": "/users/me"},
    {"url": "/users/1"},
    {"url": "/users/a/b"},
    {"url": "/users/"},
    {"url": "/users"},
    {"method": "POST", "url": "/users/1"},
    {"method": "POST", "url": "/users/me"},
    {"method": "POST", "url": "/users/a/b"},
    {"url": "/x/x"},
    {"url": "/file.tar.gz"},
    {"url": "/fileXtar"},
    {"url": "/users/a%2Fb"},
    {"url": "/users/%C3%A9%20"},
    {"method": "POST", "url": "/users/%31"},
    {"url": "/./users/me"},
    {"url": "/users/../x/y"},
]
