"""Headless Chromium for tests, driven over a pair of pipes by its DevTools protocol; nothing but Python is needed.

https://chromedevtools.github.io/devtools-protocol/ describes the methods; messages are JSON, each ended by NUL.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--no-first-run", "--mute-audio", "--remote-debugging-pipe",
)  # fmt: skip


FRAMES = 600
"""So often a page is looked at for something to become true: ten seconds, on a machine with nothing else to do."""


class Page:
    """One tab."""

    def __init__(self, orders: int, replies: int) -> None:
        self._orders, self._replies = orders, replies
        self._number, self._read = 0, b""
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **known: Any) -> dict[str, Any]:
        """Call a method, and return its result; events that come meanwhile are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": known}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._orders, json.dumps(message).encode() + b"\0")
        while (reply := self._next()).get("id") != self._number:
            self.events.append(reply)
        assert "error" not in reply, reply
        result: dict[str, Any] = reply["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            data = os.read(self._replies, 1 << 16)
            assert data, "the browser has gone"
            self._read += data
        line, _, self._read = self._read.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def open(self, path: Path, fragment: str = "") -> None:
        """Load a file, and wait until it is loaded."""
        self.events.clear()
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=path.as_uri() + fragment)
        while self.js("document.readyState") != "complete":
            pass

    def js(self, expression: str) -> Any:
        """Return the value of an expression in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until an expression is true in the page; what never is fails, a frame after the other."""
        for _ in range(FRAMES):
            if self.js(f"new Promise(requestAnimationFrame).then(() => {expression})"):
                return
        raise AssertionError(f"never true: {expression}")

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press a key and release it."""
        known = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **known)
        self.call("Input.dispatchKeyEvent", type="keyUp", **known)

    def requests(self) -> list[str]:
        """Return the addresses that were asked for since the page was opened."""
        sent = [each for each in self.events if each.get("method") == "Network.requestWillBeSent"]
        return [each["params"]["request"]["url"] for each in sent]

    def complaints(self) -> list[str]:
        """Return what the browser found wrong, such as what a Content-Security-Policy forbids."""
        logged = [each["params"]["entry"]["text"] for each in self.events if each.get("method") == "Log.entryAdded"]
        thrown = [str(each["params"]) for each in self.events if each.get("method") == "Runtime.exceptionThrown"]
        return logged + thrown


@contextmanager
def opened(profile: Path) -> Iterator[Page]:
    """Start the browser with a fresh profile; hands out its page."""
    assert CHROMIUM is not None
    orders_read, orders = os.pipe()
    replies, replies_written = os.pipe()
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    script = f'exec "$@" 3<&{orders_read} 4>&{replies_written}'  # the numbers that the browser uses
    process = subprocess.Popen(
        ["/bin/bash", "-c", script, "bash", *command],
        pass_fds=(orders_read, replies_written),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(profile)},
    )
    os.close(orders_read)
    os.close(replies_written)
    try:
        yield Page(orders, replies)
    finally:
        process.kill()
        process.wait()
        os.close(orders)
        os.close(replies)
