"""fastapi_lite: typed APIs on ASGI, from the signatures of functions."""

__version__ = "0.1.0"

from fastapi_lite import status
from fastapi_lite.applications import FastAPI
from fastapi_lite.background import BackgroundTasks
from fastapi_lite.datastructures import UploadFile
from fastapi_lite.exceptions import HTTPException, WebSocketException
from fastapi_lite.param_functions import (
    Body,
    Cookie,
    Depends,
    File,
    Form,
    Header,
    Path,
    Query,
    Security,
)
from fastapi_lite.requests import Request
from fastapi_lite.responses import Response
from fastapi_lite.routing import APIRouter
from fastapi_lite.websockets import WebSocket, WebSocketDisconnect

__all__ = [
    "APIRouter",
    "BackgroundTasks",
    "Body",
    "Cookie",
    "Depends",
    "FastAPI",
    "File",
    "Form",
    "HTTPException",
    "Header",
    "Path",
    "Query",
    "Request",
    "Response",
    "Security",
    "UploadFile",
    "WebSocket",
    "WebSocketDisconnect",
    "WebSocketException",
    "status",
]
