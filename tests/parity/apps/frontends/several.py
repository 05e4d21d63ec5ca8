"""Front ends with every fallback, in one another, beside operations, mounts and redirects."""

from pathlib import Path

from fastapi_lite import APIRouter, FastAPI, WebSocket

HERE = Path(__file__).parent
SPA, SITE = HERE / "spa", HERE / "site"

app = FastAPI()
app.frontend("/", directory=SPA)
app.frontend("/site/", directory=SITE)
app.frontend("/site/inner", directory=SPA, fallback=None)
app.frontend("/{braces}", directory=SITE, fallback="index.html", check_dir=True)
app.frontend("/later", directory=HERE / "not-built", check_dir=False)


@app.get("/api/items/{item}")
def read(item: int) -> int:
    return item


@app.post("/assets/app.js")
def replace() -> str:
    return "replaced"


@app.get("/slash/")
def slash() -> str:
    return "slash"


@app.websocket("/talk")
async def talk(websocket: WebSocket) -> None:
    await websocket.close()


router = APIRouter(prefix="/r")
router.frontend("/", directory=SITE, fallback="404.html")
router.frontend("/deep", directory=SPA)
app.include_router(router, prefix="/included")
app.include_router(router)

below = FastAPI()
below.frontend("/", directory=SPA)
app.mount("/mounted", below)

PAGE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PATHS = [
    *("/", "/index.html", "/assets/app.js", "/assets/", "/assets", "/about", "/about/"),
    *("/users/7", "/missing.js", "/..%2fsite%2fstyle.css", "/%2e%2e/site/style.css", "/a%00"),
    *("/api/items/1", "/api/items/x", "/api/items", "/api/items/1/", "/slash", "/docs/"),
    *("/site", "/site/", "/site/style.css", "/site/missing", "/sites", "/site/404.html"),
    *("/site/inner/assets/app.js", "/site/inner/missing", "/site/inner"),
    *("/%7Bbraces%7D/style.css", "/%7Bbraces%7D/x", "/r", "/r/", "/r/x", "/r/deep/x", "/r/deep"),
    *("/included/r/style.css", "/included/r/x", "/included/r/deep/assets/app.js", "/included"),
    *("/mounted", "/mounted/", "/mounted/about", "/mounted/x", "/talk"),
]
ACCEPTS = [
    *("text/*", "application/xhtml+xml", "TEXT/HTML;level=1", "text/html;q=0", "application/json"),
    *("text/htmlx", "image/*,text/html;q=0.1", ""),
]
REQUESTS = [
    *({"url": path, "headers": PAGE} for path in PATHS),
    *({"url": path} for path in PATHS),
    *({"url": "/users/7", "headers": {"Accept": accept}} for accept in ACCEPTS),
    {"url": "/later/x", "headers": PAGE},
    *(
        {"method": method, "url": path, "headers": PAGE}
        for method in ("HEAD", "POST", "OPTIONS")
        for path in ("/", "/assets/app.js", "/about", "/users/7", "/site/x", "/slash/", "/later")
    ),
    {"url": "/assets/app.js", "headers": {"If-None-Match": "*"}},
    {"url": "/users/7", "headers": {**PAGE, "If-None-Match": "*"}},
    {"url": "/assets/app.js", "headers": {"Range": "bytes=1-3"}},
    {"url": "/assets/app.js", "headers": {"Range": "bytes=99-"}},
    {"url": "/site/x", "headers": {**PAGE, "Range": "bytes=1-3"}},
    {"websocket": "/talk"},
    {"websocket": "/assets/app.js"},
]
