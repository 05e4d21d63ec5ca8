from typing import Annotated

from fastapi_lite import Cookie, FastAPI, Header, Response

app = FastAPI()


@app.get("/")
async def look(
    response: Response,
    user_agent: Annotated[str | None, Header()] = None,
    x_token: Annotated[list[str] | None, Header()] = None,
    visits: Annotated[int, Cookie(ge=0)] = 0,
) -> dict[str, object]:
    response.set_cookie("visits", str(visits + 1), max_age=3600, httponly=True, samesite="strict")
    response.headers["X-Visits"] = str(visits)
    return {"agent": user_agent, "tokens": x_token, "visits": visits}
