"""A mounted application has a document of its own."""

from fastapi_lite import FastAPI

app = FastAPI(title="Outer")
sub = FastAPI(title="Inner", root_path_in_servers=False)


@app.get("/outer")
def outer(): ...


@sub.get("/inner")
def inner(): ...


app.mount("/sub", sub)
