"""The example about forms."""

from __future__ import annotations

from docs_src.forms.upload import app
from tests.conftest import ClientFactory

PICTURE = ("cat.png", b"\x89PNG and more", "image/png")


def test_picture_is_described(client_for: ClientFactory) -> None:
    answer = client_for(app).post("/pictures", data={"title": "Cat"}, files={"picture": PICTURE})
    assert answer.json() == {
        "title": "Cat",
        "name": "cat.png",
        "type": "image/png",
        "bytes": 13,
        "begins": "89504e47",
    }


def test_form_without_a_picture_is_refused(client_for: ClientFactory) -> None:
    assert client_for(app).post("/pictures", data={"picture": "no file"}).status_code == 400


def test_too_many_files_are_refused(client_for: ClientFactory) -> None:
    answer = client_for(app).post("/pictures", files=[("picture", PICTURE)] * 3)
    assert (answer.status_code, answer.text) == (
        400,
        "Too many files. Maximum number of files is 2.",
    )
