#!/usr/bin/env python3
"""Compares `import` with pandoc and MarkItDown on the documents by which pandoc and mammoth test themselves.

    tests/bench/import.py PROGRAM [--documents DIR] [--markitdown PATH] [--each]
    tests/bench/import.py PROGRAM --memory

Needs pandoc, and MarkItDown (pip install 'markitdown[docx]'). Without --documents the documents are fetched with git into a
temporary folder, and not kept. All three outputs are read by pandoc and counted alike: headings, items of lists, tables, notes
and pictures; words are counted as a bag. What pandoc itself reads from a document, with all changes accepted, is the measure:
"lost" is in pandoc's text and not in the other, "added" the other way round. --memory imports two
documents of 20 MB, one of pictures and one of text, and prints time and peak memory (Linux). Nothing here passes or fails.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

SOURCES = {
    "pandoc": ("https://github.com/jgm/pandoc", ["test/docx", "test/odt"]),
    "mammoth": ("https://github.com/mwilliamson/mammoth.js", ["test/test-data"]),
}
KINDS = ["headings", "items", "tables", "notes", "pictures"]
SETTINGS = "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [st0215]\n"
MARKDOWN = "gfm+footnotes-raw_html"


def fetch(folder):
    for name, (address, parts) in SOURCES.items():
        target = folder / name
        subprocess.run(["git", "clone", "-q", "--depth", "1", "--filter=blob:none", "--sparse", address, target], check=True)
        subprocess.run(["git", "-C", target, "sparse-checkout", "set", *parts], check=True)


def output(command, text=None):
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, encoding="utf-8")
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def tree(text, form):
    made = output(["pandoc", "-f", form, "-t", "json"], text)
    return json.loads(made)["blocks"] if made else None


def walk(node, found, words):
    if isinstance(node, list):
        for one in node:
            walk(one, found, words)
        return
    if not isinstance(node, dict):
        return
    kind, content = node.get("t"), node.get("c")
    if kind == "Header":
        found["headings"] += 1
    elif kind in ("BulletList", "OrderedList"):
        found["items"] += len(content if kind == "BulletList" else content[1])
    elif kind == "Table":
        found["tables"] += 1
    elif kind == "Note":
        found["notes"] += 1
    elif kind == "Image":
        found["pictures"] += 1
        return
    elif kind in ("Str", "Code", "CodeBlock", "Math"):
        words.append(content if kind == "Str" else content[1])
    elif kind in ("Space", "SoftBreak", "LineBreak", "Para", "Plain"):
        words.append(" ")
    for one in node.values():
        if isinstance(one, (list, dict)):
            walk(one, found, words)
    if kind in ("Para", "Plain", "Header"):
        words.append(" ")


def measure(blocks):
    found, words = Counter(), []
    walk(blocks, found, words)
    return found, Counter(re.findall(r"\w+", "".join(words)))


def ours(program, document, folder):
    root = folder / "portfolio-of-one"
    (root / "portfolio").mkdir(parents=True)
    (root / "portfolio/portfolio.yaml").write_text(SETTINGS, encoding="utf-8")
    output([program, "--root", str(root), "import", "--date", "2026-03-14", str(document)])
    entries = list(root.rglob("portfolio/entries/**/*.md"))
    text = entries[0].read_text(encoding="utf-8") if entries else None
    subprocess.run(["rm", "-r", str(root)], check=True)
    if text is None:
        return None
    head, body = text.split("\n---\n\n", 1)
    body = re.sub(r"^<!-- The text as it was.*?-->\n\n", "", body, flags=re.S)
    # Without HTML, a break in a cell would join two words.
    body = body.replace("<br>", " ")
    title = json.loads(re.search(r'^title: (".*")$', head, re.M)[1])
    return title, body


def large(path, pictures, paragraphs):
    relation = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    blips = "".join(f'<w:p><w:r><w:drawing><a:blip r:embed="p{n}"/></w:drawing></w:r></w:p>' for n in range(pictures))
    text = "".join(f"<w:p><w:r><w:t>The {n}. paragraph of a long text about pain and care.</w:t></w:r></w:p>" for n in range(paragraphs))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("_rels/.rels", relations.format(relation.format("r", "officeDocument", "word/document.xml")))
        all_pictures = "".join(relation.format(f"p{n}", "image", f"media/{n}.png") for n in range(pictures))
        file.writestr("word/_rels/document.xml.rels", relations.format(all_pictures))
        file.writestr("word/document.xml", f'<w:document xmlns:w="w" xmlns:a="a" xmlns:r="r"><w:body>{blips}{text}</w:body></w:document>')
        for n in range(pictures):
            file.writestr(f"word/media/{n}.png", b"\x89PNG\r\n\x1a\n" + random.Random(n).randbytes(1_000_000))


def memory(program):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "portfolio").mkdir()
        (folder / "portfolio/portfolio.yaml").write_text(SETTINGS, encoding="utf-8")
        for kind, pictures, paragraphs in [("nothing", 0, 1), ("pictures", 20, 1), ("text", 0, 200_000)]:
            path = folder / f"{kind}.docx"
            large(path, pictures, paragraphs)
            with zipfile.ZipFile(path) as file:
                size = sum(one.file_size for one in file.infolist())
            start = time.monotonic()
            child = subprocess.Popen([program, "--root", name, "import", "--date", "2026-03-14", str(path)],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            print(f"{kind}: {size / 1e6:.1f} MB unpacked, {time.monotonic() - start:.1f} s, peak {usage.ru_maxrss / 1024:.0f} MB, "
                  f"exit code {os.waitstatus_to_exitcode(status)}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--documents", type=Path)
    arguments.add_argument("--markitdown", default="markitdown")
    arguments.add_argument("--each", action="store_true", help="a line for each document whose words differ")
    arguments.add_argument("--memory", action="store_true")
    wanted = arguments.parse_args()
    program = str(Path(wanted.program).resolve())
    if wanted.memory:
        memory(program)
        return 0
    rows = {name: Counter() for name in ("pandoc", "ksbfolio", "MarkItDown")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not wanted.documents:
            fetch(folder)
        documents = sorted(path for path in (wanted.documents or folder).rglob("*") if path.suffix in (".docx", ".odt"))
        for document in documents:
            read = output(["pandoc", str(document), "-t", "json"])
            if read is None:
                continue
            truth, words = measure(json.loads(read)["blocks"])
            made = ours(program, document, folder)
            if made is None and not words:
                continue
            other = output([wanted.markitdown, str(document)]) if document.suffix == ".docx" else None
            results = {"pandoc": (truth, words)}
            if made is not None:
                found, bag = measure(tree(made[1], MARKDOWN) or [])
                title = Counter(re.findall(r"\w+", made[0]))
                # The title of the document has left its body, or is the name of the file.
                if (words - bag) & title:
                    found["headings"] += 1
                    bag += (words - bag) & title
                results["ksbfolio"] = (found, bag)
            if other is not None:
                results["MarkItDown"] = measure(tree(other, MARKDOWN) or [])
            for row, (found, bag) in results.items():
                table = rows[row]
                table["read"] += 1
                for kind in KINDS:
                    table[kind] += min(found[kind], truth[kind])
                lost, added = (words - bag).total(), (bag - words).total()
                table["words lost"] += lost
                table["words added"] += added
                if wanted.each and row == "ksbfolio":
                    counts = [f"{kind} {found[kind]}/{truth[kind]}" for kind in KINDS if found[kind] != truth[kind]]
                    if lost or added or counts:
                        print(document.name, "lost", dict((words - bag).most_common(8)), "added", dict((bag - words).most_common(8)), *counts)
            for row in set(rows) - set(results):
                rows[row]["words lost"] += words.total()
            rows["pandoc"]["words"] += words.total()
            rows["pandoc"]["all"] += 1
    print(f"{rows['pandoc']['all']} documents, {rows['pandoc']['words']} words")
    columns = ["read", *KINDS, "words lost", "words added"]
    print("| | " + " | ".join(columns) + " |\n|---|" + "---:|" * len(columns))
    for row, table in rows.items():
        print(f"| {row} | " + " | ".join(str(table[column]) for column in columns) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
