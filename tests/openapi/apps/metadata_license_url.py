from fastapi_lite import FastAPI

app = FastAPI(
    license_info={"name": "Apache 2.0", "url": "https://l.example"},
    contact={"url": "http://c.example/x"},
)


@app.get("/")
def root(): ...
