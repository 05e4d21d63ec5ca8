"""What browsers and others make of forms: charsets, plus signs, broken escapes, odd multipart headers."""

from typing import Annotated

from fastapi_lite import FastAPI, File, Form, Request, UploadFile

app = FastAPI()


@app.post("/form")
def form(a: Annotated[str, Form()], b: Annotated[list[str], Form()] = []):
    return [a, b]


@app.post("/file")
async def file(f: UploadFile, note: Annotated[str, Form()] = "none"):
    read = await f.read()
    return [f.filename, f.content_type, f.size, len(read), dict(f.headers), note]


@app.post("/maybe")
async def maybe(f: Annotated[UploadFile | None, File()] = None, g: bytes | None = File(None)):
    return [f and f.filename, g and g.decode("latin-1")]


@app.post("/raw")
async def raw(request: Request):
    async with request.form() as sent:
        return [
            (key, value if isinstance(value, str) else value.filename)
            for key, value in sent.multi_items()
        ]


URLENCODED = "application/x-www-form-urlencoded"
TYPES = [URLENCODED, f"{URLENCODED}; charset=latin-1", URLENCODED.upper(), "text/plain"]
CONTENTS = [b"a=1+2%2B3&b=&b=x", b"a=%zz&b=%", b"a=\xe9&b=%E9", b"a;b=1&a=2", b"&&=&a==b&", b"a"]
PART = b'--x\r\ncontent-disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
MULTIPART = [
    PART % (b"f", b'; filename="a.txt"\r\ncontent-type: text/plain', b"hello") + b"--x--\r\n",
    PART % (b"f", b'; filename=""', b"") + b"--x--\r\n",
    PART % (b"f", b'; filename="\\"q\\".txt"', b"q") + b"--x--",
    PART % (b"f", b'; filename="\xc3\xa9.txt"\r\nX-Own: 1\r\nx-own: 2', b"q") + b"--x--\r\n",
    PART % (b"f", b"", b"not a file") + PART % (b"note", b"", b"\xff") + b"--x--\r\n",
    PART % (b"a", b"", b"1") + PART % (b"b", b'; filename="b"', b"2") + b"--x--\r\n",
    b"preamble\r\n" + PART % (b"a", b"", b"1") + b"--x--\r\n epilogue",
    b"--x\r\n\r\nno name\r\n--x--\r\n",
    b"--y--\r\n",
]
REQUESTS = [
    *[
        {"method": "POST", "url": "/form", "headers": {"content-type": kind}, "content": content}
        for kind in TYPES
        for content in CONTENTS
    ],
    *[
        {
            "method": "POST",
            "url": path,
            "headers": {"content-type": "multipart/form-data; boundary=x"},
            "content": content,
        }
        for path in ("/file", "/maybe", "/form", "/raw")
        for content in MULTIPART
    ],
    {
        "method": "POST",
        "url": "/file",
        "headers": {"content-type": 'multipart/form-data; boundary="x"'},
        "content": MULTIPART[0],
    },
]
