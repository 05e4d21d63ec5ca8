"""Security of the application and of routers."""

from fastapi_lite import APIRouter, Depends, FastAPI, Header, Query, Security
from fastapi_lite.security import APIKeyHeader, HTTPBearer, OAuth2PasswordBearer

oauth = OAuth2PasswordBearer("t", scopes={"a": "A", "b": "B"})
app = FastAPI(dependencies=[Depends(HTTPBearer())])
router = APIRouter(dependencies=[Security(oauth, scopes=["a"])])


def tenant(x_tenant: str = Header(), q: int = Query(1)):
    return x_tenant


@app.get("/")
def root(): ...


@router.get("/r", dependencies=[Security(oauth, scopes=["b"]), Depends(tenant)])
def read(q: str = "mine"): ...


app.include_router(router, dependencies=[Depends(APIKeyHeader(name="k"))])
