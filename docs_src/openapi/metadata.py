from fastapi_lite import FastAPI

app = FastAPI(
    title="Reading room",
    summary="What stands on which shelf",
    description="Look up **books**, and who reads them.",
    version="1.4.0",
    terms_of_service="https://library.example/terms",
    contact={"name": "The librarian", "email": "desk@library.example.com"},
    license_info={"name": "MIT", "identifier": "MIT"},
    servers=[{"url": "https://api.library.example", "description": "The library's own"}],
    openapi_tags=[{"name": "books", "description": "Everything with pages"}],
)


@app.get("/books", tags=["books"])
def list_books() -> list[str]:
    """Every book we have.

    Lent books are among them.
    \f
    What follows a form feed stays in the source.
    """
    return ["Frankenstein"]
