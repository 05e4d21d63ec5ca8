from datetime import date

from fastapi_lite.applications import Starlette
from fastapi_lite.convertors import Convertor, register_url_convertor
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import Route


class DateConvertor(Convertor[date]):
    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def convert(self, value: str) -> date:
        return date.fromisoformat(value)  # a ValueError means: not found

    def to_string(self, value: date) -> str:
        return value.isoformat()


register_url_convertor("date", DateConvertor())


async def weekday(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.path_params['day']:%A}")


app = Starlette(routes=[Route("/weekday/{day:date}", weekday)])
