from fastapi_lite import FastAPI

app = FastAPI(
    title="Books",
    docs_url="/",
    redoc_url=None,
    swagger_ui_parameters={"defaultModelsExpandDepth": -1, "tryItOutEnabled": True},
    swagger_ui_init_oauth={"clientId": "books"},
)


@app.get("/books")
def list_books() -> list[str]:
    return ["Piranesi"]
