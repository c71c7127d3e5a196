#!/usr/bin/env python3
"""Opens a built site from disk in Firefox: pages load, scripts run without an error, the search finds words.

    pip install websockets
    tests/node/firefox.py SITE          needs firefox or firefox-esr

Firefox is driven by WebDriver BiDi, which it speaks itself.
"""

import asyncio
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import websockets

WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


class Firefox:
    """One session with one tab."""

    def __init__(self, socket):
        self.socket, self.number, self.errors, self.requests = socket, 0, [], []

    async def call(self, method, **params):
        self.number += 1
        await self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            answer = json.loads(await self.socket.recv())
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                self.errors.append(answer["params"]["text"])
            if answer.get("method") == "network.beforeRequestSent":
                self.requests.append(answer["params"]["request"]["url"])
            if answer.get("id") == self.number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]

    async def begin(self):
        await self.call("session.new", capabilities={})
        await self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        tree = await self.call("browsingContext.getTree")
        self.tab = tree["contexts"][0]["context"]

    async def open(self, url):
        await self.call("browsingContext.navigate", context=self.tab, url=url, wait="complete")

    async def size(self, width):
        await self.call("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": 800})

    async def run(self, script):
        """The value of an expression in the page."""
        result = await self.call("script.evaluate", expression=script, target={"context": self.tab}, awaitPromise=True)
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return result["result"].get("value")


async def drive(site, address):
    async with websockets.connect(address + "/session", max_size=None) as socket:
        browser = Firefox(socket)
        await browser.begin()
        pages = sorted(site.rglob("*.html"))
        for width in (320, 1280):
            await browser.size(width)
            for page in pages if width == 320 else pages[:40]:
                await browser.open(page.as_uri())
                assert await browser.run("document.readyState") == "complete", page
                assert not await browser.run(WIDE), f"{page} is wider than {width} pixels"
        await browser.open((site / "search.html").as_uri() + "?q=safeguarding")
        for _ in range(50):
            found = await browser.run("document.querySelectorAll('main a[href*=\"entries/\"]').length")
            if found:
                break
            await asyncio.sleep(0.1)
        assert found, "the search finds nothing from disk"
        assert not browser.errors, browser.errors
        print(f"Firefox: {len(pages)} pages at 320 and 40 at 1280 pixels, no script error, the search works from disk")


def in_firefox(drive):
    """Starts Firefox with an empty profile, and runs `drive` on its address."""
    program = shutil.which("firefox") or shutil.which("firefox-esr")
    if not program:
        sys.exit("there is no Firefox")
    with tempfile.TemporaryDirectory() as profile:
        command = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"]
        log = Path(profile) / "stderr.txt"
        with log.open("w") as stderr:
            child = subprocess.Popen(command, stdout=stderr, stderr=stderr)
        try:
            for _ in range(300):
                address = re.search(r"WebDriver BiDi listening on (ws:\S+)", log.read_text(errors="replace"))
                if address:
                    asyncio.run(drive(address[1]))
                    return
                time.sleep(0.2)
            sys.exit("Firefox does not begin")
        finally:
            child.terminate()
            child.wait(timeout=20)


def main():
    site = Path(sys.argv[1]).resolve()
    in_firefox(lambda address: drive(site, address))


if __name__ == "__main__":
    main()
