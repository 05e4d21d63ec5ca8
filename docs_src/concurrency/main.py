import time

import anyio

from fastapi_lite import FastAPI
from fastapi_lite.concurrency import run_in_threadpool

app = FastAPI()


@app.get("/waits")
async def waits() -> str:
    await anyio.sleep(0.01)
    return "others were served meanwhile"


@app.get("/blocks")
def blocks() -> str:
    time.sleep(0.01)
    return "in a thread"


@app.get("/both")
async def both() -> str:
    await run_in_threadpool(time.sleep, 0.01)
    return "a function in a thread"
