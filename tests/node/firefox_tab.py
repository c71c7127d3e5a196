#!/usr/bin/env python3
"""Opens ksbfolio.html from disk in Firefox: no request, and results that are those of the program, byte for byte.

    tests/node/firefox_tab.py PAGE PROGRAM          needs firefox or firefox-esr, and websockets
"""

import asyncio
import base64
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import websockets
from firefox import Firefox, in_firefox

REPOSITORY = Path(__file__).resolve().parents[2]


def run(program, root, *words):
    """Runs the program on a workspace without a git history."""
    done = subprocess.run([program, "--root", root, "--quiet", *words], capture_output=True, text=True, check=False)
    assert done.returncode < 2, done.stderr
    return done.stdout


def zipped(root):
    """The portfolio as a zip file beside it."""
    path = root.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(root.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(root).as_posix())
    return path


class Tab:
    """The page in Firefox."""

    def __init__(self, browser):
        self.browser = browser

    async def until(self, condition, what):
        for _ in range(600):
            if await self.browser.run(condition):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{what}: {await self.browser.run('document.body.innerText')}")

    async def open(self, path):
        """Gives a zip file to the page, as a person chooses it."""
        found = await self.browser.call("script.evaluate", expression="document.getElementById('pick-zip')",
                                        target={"context": self.browser.tab}, awaitPromise=False)
        await self.browser.call("input.setFiles", context=self.browser.tab, element={"sharedId": found["result"]["sharedId"]},
                                files=[str(path)])
        await self.until("!document.getElementById('work').hidden && !document.body.classList.contains('busy')", "opened")

    async def call(self, action, **details):
        """What the worker answers, as JSON; bytes in base64."""
        script = """(async () => {
          const answer = await worker.call(%s, %s);
          if (answer.bytes) answer.bytes = (await dataUrl(answer.bytes, "")).split(",")[1];
          return JSON.stringify(answer);
        })()"""
        return json.loads(await self.browser.run(script % (json.dumps(action), json.dumps(details))))

    async def document(self, request):
        return (await self.call("ask", requests=[{"request": request}]))["answers"][0]["document"]

    async def result(self, kind, **request):
        answer = (await self.call("make", request={"request": kind, **request}))["answer"]
        assert answer["answer"] == kind, answer
        return base64.b64decode((await self.call("result", kind=kind, file=answer.get("file")))["bytes"])


async def compare(tab, program, root):
    assert await tab.document("check") == run(program, root, "check", "--format", "json"), "check differs"
    assert await tab.document("coverage") == run(program, root, "coverage", "--format", "json"), "coverage differs"
    run(program, root, "build", "--output", root / "site")
    native = {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
    del native["site/.ksbfolio.json"]
    with zipfile.ZipFile(io.BytesIO(await tab.result("site", audience="assessor"))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == native, "the site differs"
    run(program, root, "pack", "--output", root / "pack.html")
    assert await tab.result("pack", audience="assessor") == (root / "pack.html").read_bytes(), "the pack differs"
    run(program, root, "gateway", "--pack", root / "hand-in", "--anyway")
    [handed] = (root / "hand-in").glob("*.zip")
    assert await tab.result("hand-in") == handed.read_bytes(), "the hand-in differs"
    return len(native)


async def begin(tab):
    """A new portfolio opens at the first box of its first entry, and says where the words are once there are some."""
    await tab.browser.run("document.getElementById('begin').click()")
    await tab.until("document.activeElement.id === 'who'", "begun")
    await tab.browser.run("document.activeElement.value = 'Mags'; document.getElementById('questions').requestSubmit()")
    await tab.until("document.activeElement.matches('#write-main .stages textarea')", "the first box")
    await tab.browser.run("document.activeElement.value = 'We came at noon.'; document.activeElement.dispatchEvent(new InputEvent('input', { bubbles: true }))")
    await tab.until("/^Not in a zip file yet: in this page only, /.test(document.getElementById('write-status').textContent)", "saved")
    assert await tab.browser.run("!document.getElementById('keep').hidden && document.getElementById('keeping').hidden")
    await tab.browser.run("opened.changes = []")
    print("Firefox: a new portfolio begins with its first sentence")


async def keep(tab, page, packed):
    """What is not saved is kept in this browser, if its reader agrees, and offered again."""
    idle = "!document.body.classList.contains('busy')"
    kept = "listKept().then((all) => Promise.all(all.map(({ key }) => loadKept(key)))).then((all) => all.flat().map(({ now }) => new TextDecoder().decode(now)).join())"
    assert await tab.browser.run("listKept().then((all) => all.length)") == 0
    await tab.browser.run("startWriting().then(startKeeping)")
    write = """(async () => {
      const { entries: [{ path }] } = await writeHost.ask({ request: "home" }), entry = await writeHost.ask({ request: "entry", path });
      const box = entry.stages.find((one) => !one.is_missing) ?? entry.other[0];
      await writeHost.ask({ request: "splice", path, hash: entry.hash, splices: [{ from: box.to, to: box.to, insert: " Kept words." }] });
      return writeHost.describeSaved("14:32");
    })()"""
    assert "in this browser" in await tab.browser.run(write)
    assert "Kept words." in await tab.browser.run(kept), "the words are not kept"
    await tab.browser.run("opened.changes = []")
    await tab.browser.open(page.as_uri())
    await tab.until("document.documentElement.dataset.ready !== undefined", "ready")
    await tab.open(packed)
    await tab.until(f"!document.getElementById('kept').hidden && {idle}", "offered")
    await tab.browser.run("document.querySelector('#kept button').click()")
    await tab.until(f"/brought back/.test(document.getElementById('status').textContent) && {idle}", "brought back")
    assert await tab.browser.run("opened.changes.length") == 1
    await tab.browser.run("worker.call('saved').then(forgetSaved)")
    assert await tab.browser.run("listKept().then((all) => all.length)") == 0, "something is kept after saving"
    await tab.browser.run("opened.changes = []")
    print("Firefox: what was not saved is kept, brought back, and forgotten once it is saved")


async def drive(page, program, address):
    async with websockets.connect(address + "/session", max_size=None) as socket:
        browser = Firefox(socket)
        await browser.begin()
        with tempfile.TemporaryDirectory() as folder:
            sample, generated = Path(folder) / "sample", Path(folder) / "generated"
            shutil.copytree(REPOSITORY / "portfolio", sample / "portfolio")
            generate = [sys.executable, REPOSITORY / "tests/bench/generate.py", "--entries", "300", "--out", generated]
            subprocess.run(generate, check=True, capture_output=True)
            for root in (sample, generated):
                await browser.open(page.as_uri())
                tab = Tab(browser)
                await tab.until("document.documentElement.dataset.ready !== undefined", "ready")
                ready = await browser.run("document.documentElement.dataset.ready")
                await tab.open(zipped(root))
                check = """(async () => {
                  const begun = performance.now();
                  await worker.call("ask", { requests: [{ request: "check" }] });
                  return Math.round(performance.now() - begun);
                })()"""
                took = [await browser.run(check) for _ in range(3)]
                files = await compare(tab, program, root)
                print(f"Firefox, {root.name}: ready after {ready} ms, check {took} ms, {files} files of the site, pack and hand-in equal")
            await browser.run("opened.changes = []")
            await browser.open(page.as_uri())
            await tab.until("document.documentElement.dataset.ready !== undefined", "ready")
            await begin(tab)
            await browser.open(page.as_uri())
            await tab.until("document.documentElement.dataset.ready !== undefined", "ready")
            await tab.open(sample.with_suffix(".zip"))
            await keep(tab, page, sample.with_suffix(".zip"))
            await browser.run("document.getElementById('show').click()")
            await tab.until("!document.getElementById('viewer').hidden && !document.body.classList.contains('busy')", "shown")
            follow = "document.getElementById('frame').contentDocument.querySelector(\"main a[href*='standards/']\").click()"
            await browser.run(follow)
            await tab.until("viewed.path.startsWith('standards/') && !document.body.classList.contains('busy')", "followed")
            # The portfolio that proves itself.
            packed = Path(folder) / "packed.html"
            run(program, sample, "pack", "--with-program", page, "--output", packed)
            await browser.open(packed.as_uri())
            await tab.until("document.documentElement.dataset.ready !== undefined", "ready")
            await browser.run("document.getElementById('check').click()")
            await tab.until("!document.getElementById('checked').hidden && !document.body.classList.contains('busy')", "checked")
            found = await browser.run("document.getElementById('checked').innerText")
            assert "Checked: the pages follow from the texts in this file" in found, found
            print(f"Firefox: a file with the program of {packed.stat().st_size:,} bytes is opened and checked")
        asked = [url for url in browser.requests if not url.startswith(("file:", "blob:", "data:", "about:"))]
        assert not asked, asked
        assert not browser.errors, browser.errors
        print("Firefox: a page is shown and followed, no request, no script error")


def main():
    page, program = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    in_firefox(lambda address: drive(page, program, address))


if __name__ == "__main__":
    main()
