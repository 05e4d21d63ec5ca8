"""CORS with credentials, by a pattern, and for private networks."""

from fastapi_lite import FastAPI
from fastapi_lite.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origin_regex=r"https://.*\.example",
    allow_origins=["*"],
    allow_credentials=True,
    allow_methods=("POST",),
    allow_headers=["*"],
    allow_private_network=True,
    expose_headers=("X-A", "X-B"),
)


@app.post("/")
def write() -> int:
    return 1


def ask(method: str, **headers: str) -> dict:
    return {
        "method": method,
        "url": "/",
        "headers": {name.replace("_", "-"): value for name, value in headers.items()},
    }


REQUESTS = [
    ask("POST", Origin="https://a.example"),
    ask("POST", Origin="https://a.example", Cookie="a=b"),
    ask("POST", Origin="https://elsewhere.test"),
    ask("OPTIONS", Origin="https://a.example", Access_Control_Request_Method="POST"),
    ask("OPTIONS", Origin="https://a.example", Access_Control_Request_Method="GET"),
    ask(
        "OPTIONS",
        Origin="https://a.example",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Private_Network="true",
        Access_Control_Request_Headers="X-Q",
    ),
    ask(
        "OPTIONS",
        Origin="https://elsewhere.test",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Private_Network="true",
    ),
]
