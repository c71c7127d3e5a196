#!/usr/bin/env python3
"""Writes in the write page in Firefox: typing is saved, the caret stays, words are linked to a code.

    tests/node/firefox_write.py          needs firefox or firefox-esr, node, and websockets
"""

import asyncio
import subprocess
from pathlib import Path

import websockets
from firefox import WIDE, Firefox, in_firefox

HERE = Path(__file__).resolve().parent
ENTRY = "#entry=portfolio%2Fentries%2F2026%2Fpain.md"
AREA = "document.querySelector('#box-stage-feelings')"


async def until(browser, script):
    for _ in range(100):
        if await browser.run(script):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(script)


async def press(browser, *keys):
    """Presses and releases keys one after the other, as a keyboard does."""
    actions = [{"type": step, "value": key} for key in keys for step in ("keyDown", "keyUp")]
    await browser.call("input.performActions", context=browser.tab, actions=[{"type": "key", "id": "keys", "actions": actions}])


async def drive(page, address):
    async with websockets.connect(address + "/session", max_size=None) as socket:
        browser = Firefox(socket)
        await browser.begin()
        for width in (320, 1280):
            await browser.size(width)
            await browser.open(page + ENTRY)
            await until(browser, f"!!{AREA}")
            assert not await browser.run(WIDE), f"wider than {width} pixels"
        await browser.run(f"{AREA}.focus(); {AREA}.setSelectionRange(6, 6)")
        await press(browser, *" very")
        await until(browser, "document.querySelector('#status').textContent.startsWith('Saved')")
        assert await browser.run(f"{AREA}.value.startsWith('I felt very pushy. I asked')"), await browser.run(f"{AREA}.value")
        assert await browser.run(f"{AREA}.selectionStart") == 11, "the caret moved"
        await browser.run(f"{AREA}.setSelectionRange(0, 11)")
        # Firefox without a window presses no buttons by key.
        await browser.run("document.querySelector('[aria-label=\"These words show… (Feelings)\"]').click()")
        await until(browser, "!!document.querySelector('#find-list li')")
        await press(browser, *"pain", "\uE007")
        await until(browser, "document.querySelector('main').textContent.includes('“I felt very” shows K7')")
        await browser.run("[...document.querySelectorAll('button')].find((one) => one.textContent === 'Show me the file').click()")
        await until(browser, "document.querySelector('dialog pre')?.textContent.includes('[I felt very](ksb:K7) pushy. [I asked if we could stop](ksb:B1), and we did.')")
        assert not browser.errors, browser.errors
        print("Firefox: words are saved and linked, the caret stays, no script error")


def main():
    host = subprocess.Popen(["node", HERE / "write_host.mjs"], stdout=subprocess.PIPE, text=True)
    try:
        page = host.stdout.readline().strip()
        in_firefox(lambda address: drive(page, address))
    finally:
        host.terminate()
        host.wait(timeout=20)


if __name__ == "__main__":
    main()
