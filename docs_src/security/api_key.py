import secrets
from typing import Annotated

from fastapi_lite import Depends, FastAPI, HTTPException
from fastapi_lite.security import APIKeyHeader

app = FastAPI()
read_key = APIKeyHeader(name="X-API-Key", description="Ask the librarian for one.")
KEYS = {"ada": "correct-horse"}


def reader(key: Annotated[str, Depends(read_key)]) -> str:
    for name, expected in KEYS.items():
        if secrets.compare_digest(key.encode(), expected.encode()):
            return name
    raise HTTPException(403, "This key is not known")


@app.get("/loans")
def list_loans(reader: Annotated[str, Depends(reader)]) -> dict[str, str]:
    return {"reader": reader}
