"""What requests, responses and settings are made of."""

from fastapi_lite.datastructures.defaults import Default, DefaultPlaceholder, DefaultType
from fastapi_lite.datastructures.forms import FormData, UploadFile
from fastapi_lite.datastructures.headers import Headers, MutableHeaders, encode_header
from fastapi_lite.datastructures.multidict import (
    ImmutableMultiDict,
    MultiDict,
    QueryParams,
    parse_query,
)
from fastapi_lite.datastructures.settings import CommaSeparatedStrings, Secret
from fastapi_lite.datastructures.state import State
from fastapi_lite.datastructures.url import URL, Address, URLPath, split_host

__all__ = [
    "URL",
    "Address",
    "CommaSeparatedStrings",
    "Default",
    "DefaultPlaceholder",
    "DefaultType",
    "FormData",
    "Headers",
    "ImmutableMultiDict",
    "MultiDict",
    "MutableHeaders",
    "QueryParams",
    "Secret",
    "State",
    "URLPath",
    "UploadFile",
    "encode_header",
    "parse_query",
    "split_host",
]
