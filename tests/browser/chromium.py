"""Headless Chromium, driven over its DevTools protocol; it can reach nothing but this machine.

`python -m tests.browser.chromium` prints where it is, and exits with 1 where it is not.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE = 60
"""Seconds after which a page that has not done what a test waits for fails it."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
)

# Resolves with the first visible element that fits, as soon as the page has one.
WAIT = """
new Promise((resolve, reject) => {
  const fits = element => element.checkVisibility() && element.textContent.includes(%(text)s);
  const find = () => [...document.querySelectorAll(%(selector)s)].find(fits);
  const observer = new MutationObserver(() => { if (find()) done(); });
  const done = () => { observer.disconnect(); clearTimeout(timer); resolve(find()); };
  const timer = setTimeout(() => reject(new Error(%(message)s)), %(patience)d);
  if (find()) done();
  else observer.observe(document, {attributes: true, childList: true, subtree: true});
})
"""

SETTLE = """
new Promise(resolve => {
  const draw = then => requestAnimationFrame(() => setTimeout(then));
  const drawn = () => draw(() => draw(resolve));
  if (document.readyState === "complete") drawn();
  else addEventListener("load", drawn);
})
"""


def find_chromium() -> str | None:
    """The path of Chromium or Chrome: `CHROMIUM` if that is set, or one on the path."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


class Page:
    """A page in its own tab, and the addresses it asked for."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.last_id = 0
        self.session: str | None = None
        self.target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=self.target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Network", "Page", "Runtime"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of a command of the protocol; what happened before it is noted."""
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self.connection.send(json.dumps(message))
        while True:
            said = json.loads(self.connection.recv(timeout=PATIENCE))
            if said.get("id") == self.last_id:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']['message']}")
                result: dict[str, Any] = said["result"]
                return result
            self.note(said)

    def note(self, event: dict[str, Any]) -> None:
        """Keep what a test may ask for later."""
        match event:
            case {
                "method": "Network.requestWillBeSent",
                "params": {"request": {"url": url}},
            }:
                self.requests.append(url)
            case {"method": "Runtime.exceptionThrown", "params": {"exceptionDetails": details}}:
                self.errors.append(json.dumps(details))

    def open(self, url: str) -> None:
        """Go to `url`."""
        self.send("Page.navigate", url=url)

    def close(self) -> None:
        """Close the tab."""
        self.session = None
        self.send("Target.closeTarget", targetId=self.target)

    def settle(self) -> None:
        """Let the page load what it has asked for, and draw twice."""
        self.evaluate(SETTLE)

    def evaluate(self, expression: str) -> Any:
        """What the JavaScript `expression` gives, awaited."""
        result = self.send(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"]["exception"]["description"])
        return result["result"].get("value")

    def wait_for(self, selector: str, text: str = "", then: str = "") -> Any:
        """Wait for a visible element that has `text`, and do `then` with it, in JavaScript."""
        found = WAIT % {
            "selector": json.dumps(selector),
            "text": json.dumps(text),
            "message": json.dumps(f"no visible {selector} with the text {text!r}"),
            "patience": PATIENCE * 500,
        }
        return self.evaluate(f"({found}).then(element => {{ {then} }})")

    def text(self, selector: str, text: str = "") -> str:
        """What a visible element says, once there is one that has `text`."""
        return str(self.wait_for(selector, text, then="return element.textContent"))

    def click(self, selector: str, text: str = "") -> None:
        """Press an element, once there is one that has `text`."""
        self.wait_for(selector, text, then="element.click()")

    def write(self, selector: str, content: str) -> None:
        """Replace what a field holds, as a keyboard would."""
        self.wait_for(selector, then="element.focus(); element.select()")
        self.send("Input.insertText", text=content)


@contextmanager
def running_chromium(path: str) -> Iterator[ClientConnection]:
    """A connection to a new Chromium with an empty profile, which ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [path, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        with process:
            try:
                address = wait_for_line(process, r"DevTools listening on (\S+)")
                with connect(address, max_size=None, compression=None) as connection:
                    yield connection
                    Page(connection).send("Browser.close")
            finally:
                process.kill()


def wait_for_line(process: subprocess.Popen[str], pattern: str) -> str:
    """The first group of `pattern` in the first line of standard error that matches it."""
    said = []
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if found := re.search(pattern, line):
            return found[1]
    raise RuntimeError(f"{process.args!r} ended before it said {pattern}:\n{''.join(said)}")


if __name__ == "__main__":
    path = find_chromium()
    print(path or "There is no Chromium.")  # noqa: T201 - a command
    sys.exit(path is None)
