import time

from fastapi_lite.applications import Starlette
from fastapi_lite.background import BackgroundTasks
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route

journal: list[str] = []


def write_journal(entry: str) -> None:
    time.sleep(0.01)  # it may block: it runs in a thread
    journal.append(entry)


async def notify(address: str) -> None:
    journal.append(f"told {address}")


async def order(request: Request) -> JSONResponse:
    tasks = BackgroundTasks()
    tasks.add_task(write_journal, "ordered")
    tasks.add_task(notify, address="ada@example.org")
    return JSONResponse({"status": "accepted"}, status_code=202, background=tasks)


app = Starlette(routes=[Route("/orders", order, methods=["POST"])])
