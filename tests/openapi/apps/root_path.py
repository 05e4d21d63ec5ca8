from fastapi_lite import FastAPI

app = FastAPI(servers=[{"url": "/v1"}], openapi_url="/o.json")


@app.get("/")
def root(): ...
