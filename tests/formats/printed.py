#!/usr/bin/env python3
"""Prints a built site with the system's Chromium, as from a dark desktop, and reads the PDF files.

    tests/formats/printed.py SITE [FOLDER]

One page of each type, the largest, is printed. Checked: every heading is found whole, no sheet is blank or holds only
the footer, sheets are numbered and name the portfolio, the file is tagged, and every figure in it has a text
alternative. With FOLDER the files are kept there.
"""

import re
import subprocess
import sys
import tempfile
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

from pypdf import PdfReader

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--no-first-run", "--no-pdf-header-footer",
         "--blink-settings=preferredColorScheme=0"]
HEADINGS = {"h1", "h2", "h3", "h4"}
# Not printed.
HIDDEN = {"unseen", "screen", "stages", "neighbours", "skip"}
VOID = {"meta", "link", "img", "br", "hr", "input", "rect", "line", "path", "circle"}


class Page(HTMLParser):
    """The headings and the footer of a page, without what is not printed."""

    def __init__(self, html):
        super().__init__()
        self.open, self.headings, self.footer = [], [], []
        self.type = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.type = attrs.get("data-page-type", self.type)
        if tag in VOID:
            return
        hidden = "hidden" in attrs or tag in ("form", "nav", "title", "style", "script") \
            or HIDDEN & set((attrs.get("class") or "").split())
        self.open.append((tag, bool(hidden)))
        if tag in HEADINGS:
            self.headings.append("")

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(hidden for _, hidden in self.open):
            return
        tags = {tag for tag, _ in self.open}
        if tags & HEADINGS:
            self.headings[-1] += data
        if "footer" in tags:
            self.footer.append(data)


def squeeze(text):
    return re.sub(r"\s+", "", text)


def words(text):
    return set(re.findall(r"[^\W_]+", text))


def figures_without_words(node, found):
    """Collects the figures below a node of the structure tree that have neither /Alt nor /ActualText."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            figures_without_words(child, found)
    elif hasattr(node, "get"):
        if node.get("/S") == "/Figure" and not (node.get("/Alt") or node.get("/ActualText")):
            found.append(node)
        child = node.get("/K")
        if child is not None and not isinstance(child, int):
            figures_without_words(child, found)


def mistakes(page, pdf):
    """What is wrong with a printed page, in sentences."""
    reader = PdfReader(pdf)
    # Fonts write fi and fl as one sign.
    sheets = [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in reader.pages]
    found = words("\n".join(sheets))
    for heading in page.headings:
        missing = words(heading) - found
        if missing:
            yield f"the heading {heading.strip()!r} is broken: {sorted(missing)}"
    footer = squeeze("".join(page.footer))
    for number, sheet in enumerate(sheets, 1):
        lines = [line for line in sheet.split("\n") if line.strip()]
        counter = f"{number}of{len(sheets)}"
        if counter not in squeeze(sheet):
            yield f"sheet {number} has no number"
        running = next((line for line in lines if "·" in line and re.search(r"\d{4}", line)), None)
        if running is None:
            yield f"sheet {number} does not name the portfolio"
        rest = squeeze(sheet).replace(counter, "").replace(squeeze(running or ""), "").replace(footer, "")
        if len(rest) < 3 and not reader.pages[number - 1].images:
            yield f"sheet {number} of {len(sheets)} is blank or holds only the footer"
    root = reader.trailer["/Root"]
    if not (root.get("/MarkInfo") or {}).get("/Marked") or "/Lang" not in root:
        yield "it is not tagged, or names no language"
    without = []
    figures_without_words(root["/StructTreeRoot"]["/K"], without)
    if without:
        yield f"{len(without)} figures have no text alternative"


def main():
    site = Path(sys.argv[1]).resolve()
    largest = {}
    for path in sorted(site.rglob("*.html")):
        kind = Page(path.read_text(encoding="utf-8")).type
        if kind not in largest or path.stat().st_size > largest[kind].stat().st_size:
            largest[kind] = path
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for kind, path in sorted(largest.items()):
            pdf = folder / f"{kind}.pdf"
            subprocess.run(["chromium", *FLAGS, f"--user-data-dir={scratch}/profile", f"--print-to-pdf={pdf}", path.as_uri()],
                           check=True, capture_output=True, timeout=120)
            for mistake in mistakes(Page(path.read_text(encoding="utf-8")), pdf):
                print(f"{path.relative_to(site)}: {mistake}")
                wrong += 1
    print(f"printed: {len(largest)} types of pages, {wrong} mistakes")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
