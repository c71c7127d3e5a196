#!/usr/bin/env python3
"""Tests rare conditions: kills, full disks, a hundred thousand entries, unusual names.

    cargo build --release && tests/stress/run.py [--only PART ...] [--record 2026-11-21]

Each part says what held; the first thing that does not hold ends it with exit code 1. `--record` writes what was
measured into README.md beside this file, under that day. A full and a read-only disk need root (a small tmpfs is
mounted); without it, files may not grow, and folders may not be written to, which is less than the same.
"""

import argparse
import hashlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
AS_OF = "2026-11-21"
KILLS = 60
RECORD = re.compile(r"(<!-- result -->\n).*(<!-- end of result -->)", re.S)

ENTRY = "---\ntitle: {title}\ndate: 2026-11-10\ntype: product\nksbs: [{{K1: as said}}]\n---\n\n{body}\n"
SETTINGS = "version: 1\ntitle: {title}\nlearner: {{ id: L-1 }}\nstandards: [st0215]\n"


class Broken(Exception):
    """An expectation failed."""


def expect(holds, what):
    if not holds:
        raise Broken(what)


class Machine:
    """The program, and a folder to work in."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def command(self, root, *words):
        return [str(self.binary), "--root", str(root), "--as-of", AS_OF, "--quiet", *map(str, words)]

    def run(self, root, *words, codes=(0, 1), **options):
        """Runs a command: exit code, standard output and error, wall and CPU seconds, peak megabytes."""
        begin = time.perf_counter()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = subprocess.Popen(self.command(root, *words), stdout=out, stderr=err, **options)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            wall = time.perf_counter() - begin
            out.seek(0), err.seek(0)
            said, failed = out.read().decode(), err.read().decode()
        expect("panicked" not in failed, f"{words[0]} panicked: {failed[:300]}")
        expect(child.returncode in codes, f"{words} ended with {child.returncode}: {failed[:300]}{said[:300]}")
        figures = (wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
        return child.returncode, said, failed, figures

    def workspace(self, name, entries=0):
        """Creates a workspace with `entries` generated entries."""
        root = self.folder / name
        shutil.rmtree(root, ignore_errors=True)
        if entries:
            generate = [sys.executable, HERE.parent / "bench/generate.py", "--entries", str(entries), "--out", root]
            subprocess.run(generate, check=True)
        else:
            (root / "portfolio/entries").mkdir(parents=True)
        retitle(root, "T")
        return root


def retitle(root, title):
    """Changes the portfolio's title, which is on every page."""
    (root / "portfolio/portfolio.yaml").write_text(SETTINGS.format(title=title), encoding="utf-8")


def files(folder):
    """Files of a folder by path, without temporary files and the list of generated files."""
    held = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".ksbfolio"):
            held[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return held


def built(machine, root, name):
    machine.run(root, "build", "--output", machine.folder / name)
    return files(machine.folder / name)


def figures(measured):
    wall, cpu, peak = measured
    return f"{wall:.2f} s wall, {cpu:.2f} s CPU, {peak:.0f} MB"


def kills(machine):
    """Builds are killed at random moments, half of them next to a second build: every page is complete, old or new."""
    root = machine.workspace("kills", entries=300)
    versions = []
    for title in ("Old", "New"):
        retitle(root, title)
        versions.append(built(machine, root, f"kills-{title}"))
    source = files(root / "portfolio/entries")
    output = root / "site"
    begin = time.perf_counter()
    machine.run(root, "build", "--output", output)
    whole = time.perf_counter() - begin
    dice = random.Random(1)
    stopped, torn_now = 0, 0
    for number in range(KILLS):
        retitle(root, ("Old", "New")[number % 2])
        command = machine.command(root, "build", "--output", output)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        builds = [subprocess.Popen(command, **quiet) for _ in range(1 + number % 2)]
        time.sleep(dice.uniform(0, whole))
        builds[0].kill()
        stopped += builds[0].wait() == -signal.SIGKILL
        others = [other.wait(timeout=60) for other in builds[1:]]
        expect(all(code == 0 for code in others), f"a build beside a killed one ended with {others}")
        held = files(output)
        torn = [path for path, digest in held.items() if digest not in (versions[0].get(path), versions[1].get(path))]
        expect(not torn, f"kill {number}: torn pages: {torn[:3]}")
        expect(not others or held == versions[number % 2], f"kill {number}: the build beside it left another site")
        torn_now += held not in versions
        if number % 5 == 4:
            machine.run(root, "build", "--output", output)
            expect(files(output) == versions[number % 2], f"kill {number}: the next build did not mend the site")
            expect(not list(output.rglob(".ksbfolio-part-*")), f"kill {number}: parts of files are left")
    expect(files(root / "portfolio/entries") == source, "an entry has changed")
    return f"{KILLS} builds of 300 entries, {stopped} killed before their end, {torn_now} sites left half new; no page torn, all mended by the next build"


def killed_fixes(machine):
    """`check --fix` is killed at random moments: every entry is complete, old or new, and the next run mends the rest."""
    root = machine.workspace("fixes")
    entries = [root / f"portfolio/entries/{number}.md" for number in range(300)]
    loose = {path: ENTRY.format(title=path.stem, body="Words.").replace("K1", "k1").encode() for path in entries}
    mended = {}
    dice = random.Random(2)
    whole, stopped, half = 0, 0, 0
    for number in range(KILLS + 1):
        for path, text in loose.items():
            path.write_bytes(text)
        begin = time.perf_counter()
        running = subprocess.Popen(machine.command(root, "check", "--fix"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if number == 0:
            expect(running.wait() in (0, 1), "check --fix failed")
            whole = time.perf_counter() - begin
            mended = {path: path.read_bytes() for path in entries}
            expect(mended != loose, "nothing was to be fixed")
            continue
        time.sleep(dice.uniform(0, whole))
        running.kill()
        stopped += running.wait() == -signal.SIGKILL
        held = {path: path.read_bytes() for path in entries}
        torn = [path for path in entries if held[path] not in (loose[path], mended[path])]
        expect(not torn, f"kill {number}: torn entries: {torn[:3]}")
        half += held not in (loose, mended)
        machine.run(root, "check", "--fix")
        expect({path: path.read_bytes() for path in entries} == mended, f"kill {number}: the next run did not mend the rest")
        expect(not list(root.rglob(".ksbfolio-part-*")), f"kill {number}: parts of files are left")
    return f"{KILLS} fixes of {len(entries)} entries, {stopped} killed before their end, {half} left half done; no entry torn, all mended by the next run"


def mounted(folder, *options):
    folder.mkdir(exist_ok=True)
    return subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", folder], capture_output=True).returncode == 0


def first_kills(machine):
    """First builds are killed at random moments: the site is absent, staged or in place, and always complete."""
    root = machine.workspace("first-kills", entries=300)
    whole = built(machine, root, "first-whole")
    output = root / "site"
    begin = time.perf_counter()
    machine.run(root, "build", "--output", output)
    took = time.perf_counter() - begin
    dice = random.Random(2)
    seen = 0
    for number in range(KILLS):
        shutil.rmtree(output)
        shutil.rmtree(root / ".ksbfolio", ignore_errors=True)
        build = subprocess.Popen(machine.command(root, "build", "--output", output), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0, took))
        build.kill()
        build.wait()
        held = {path: digest for path, digest in files(output).items() if ".ksbfolio-part-" not in str(path)} if output.exists() else {}
        torn = [path for path, digest in held.items() if digest != whole.get(path)]
        expect(not torn, f"kill {number}: torn pages: {torn[:3]}")
        seen += bool(held)
        machine.run(root, "build", "--output", output)
        expect(files(output) == whole, f"kill {number}: the next build did not make the whole site")
        expect(not list(output.rglob(".ksbfolio-part-*")), f"kill {number}: parts of the site are left")
    return f"{KILLS} first builds of 300 entries killed, {seen} of them with pages in their places; no page torn, all made whole by the next build"


def full_disk(machine):
    """The disk fills up during a build: the error is reported, every page is complete, and with space the next build succeeds."""
    root = machine.workspace("full", entries=300)
    old = built(machine, root, "full-old")
    retitle(root, "A much longer title than before")
    new = built(machine, root, "full-new")
    retitle(root, "T")
    room = sum(path.stat().st_size for path in (machine.folder / "full-old").rglob("*") if path.is_file())
    disk = machine.folder / "disk"
    if not mounted(disk, "-o", f"size={room * 2}"):
        return small_files(machine, root, old)
    try:
        output = disk / "site"
        machine.run(root, "build", "--output", output)
        try:
            with open(disk / "filler", "wb", buffering=0) as filler:
                while filler.write(b"\0" * 4096):
                    pass
        except OSError:
            pass
        retitle(root, "A much longer title than before")
        _, _, said, _ = machine.run(root, "build", "--output", output, codes=(2,))
        expect("space" in said, f"a full disk is not reported: {said[:200]}")
        held = files(output)
        torn = [path for path, digest in held.items() if digest not in (old.get(path), new.get(path))]
        expect(not torn and held.keys() == old.keys(), f"torn or lost on a full disk: {torn[:3]}")
        (disk / "filler").unlink()
        machine.run(root, "build", "--output", output)
        expect(files(output) == new, "with room again, the next build did not mend the site")
    finally:
        subprocess.run(["umount", disk], check=False)
    return "tmpfs of twice the site filled to its end: exit code 2, says so, no page torn or lost, mended with room"


def small_files(machine, root, old):
    """Without root: no file may grow beyond 20 kB."""
    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    output = machine.folder / "full-small"
    machine.run(root, "build", "--output", output, codes=(2,), preexec_fn=small)
    torn = [path for path, digest in files(output).items() if digest != old.get(path)]
    expect(not torn, f"torn where files may not grow: {torn[:3]}")
    machine.run(root, "build", "--output", output)
    expect(files(output) == old, "the next build did not mend the site")
    return "not root: files limited to 20 kB instead of a full disk: exit code 2, no page torn, mended by the next build"


def read_only(machine):
    """On a read-only disk the error is reported and nothing is lost."""
    root = machine.workspace("ro", entries=20)
    disk = machine.folder / "ro-disk"
    is_disk = mounted(disk)
    try:
        disk.mkdir(exist_ok=True)
        output = disk / "site"
        machine.run(root, "build", "--output", output)
        before = files(output)
        retitle(root, "Other")
        if is_disk:
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        else:
            output.chmod(0o555)
        _, _, said, _ = machine.run(root, "build", "--output", output, codes=(2,))
        expect(str(output.name) in said, f"the folder is not named: {said[:200]}")
        expect(files(output) == before, "a read-only site has changed")
    finally:
        if is_disk:
            subprocess.run(["umount", disk], check=False)
    how = "a read-only disk" if is_disk else "not root: a read-only folder"
    return f"{how}: exit code 2, names the folder, the site stays as it was"


def fetched(address, cookie):
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookie}), timeout=5) as page:
        return page.read().decode()


def watchers(machine):
    """Two previews of one workspace have different ports, and both show a save."""
    root = machine.workspace("watch", entries=50)
    entry = next((root / "portfolio/entries").glob("*.md"))
    name = re.search(r"^id: (\S+)$", entry.read_text(encoding="utf-8"), re.M)[1]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    command = [one for one in machine.command(root, "serve") if one != "--quiet"]
    previews = [subprocess.Popen(command, **quiet) for _ in range(2)]
    try:
        addresses = []
        for preview in previews:
            for line in preview.stdout:
                if found := re.search(r"(http://\S+:(\d+)/)\?key=(\w+)", line):
                    addresses.append((found[1], f"ksbfolio-{found[2]}={found[3]}"))
                    break
        expect(len(set(addresses)) == 2, f"two previews at {addresses}")
        slowest = 0.0
        for number in range(20):
            mark = f"Saved for the {number}th time."
            text = entry.read_text(encoding="utf-8").split("\nSaved")[0]
            entry.write_text(f"{text}\n{mark}\n", encoding="utf-8")
            begin = time.perf_counter()
            for address, cookie in addresses:
                while mark not in fetched(f"{address}entries/{name}.html", cookie):
                    expect(time.perf_counter() - begin < 20, f"{address} does not show the {number}th save")
                    time.sleep(0.01)
            slowest = max(slowest, time.perf_counter() - begin)
        machine.run(root, "build")
    finally:
        for preview in previews:
            preview.send_signal(signal.SIGINT)
        codes = [preview.wait(timeout=20) for preview in previews]
    expect(all(code in (0, 130, -signal.SIGINT) for code in codes), f"the previews ended with {codes}")
    return f"two previews, 20 saves: both show each, the slowest after {slowest * 1000:.0f} ms; a build beside them"


def many(machine, entries=100_000):
    """A hundred thousand entries."""
    root = machine.workspace("many", entries=entries)
    output = root / "site"
    results = []
    for label, words in (("first build", ("build", "--output", output)), ("build again", ("build", "--output", output)),
                         ("check", ("check", "--format", "json", "--output", os.devnull))):
        results.append(f"{label} {figures(machine.run(root, *words)[3])}")
    pages = sum(1 for path in (output / "entries").rglob("*.html"))
    expect(pages >= entries, f"{pages} pages of {entries} entries")
    shutil.rmtree(root)
    return f"{entries:,} entries: " + "; ".join(results)


def large(machine):
    """An entry of a hundred megabytes is reported and not read; the others have their pages."""
    root = machine.workspace("large")
    folder = root / "portfolio/entries"
    (folder / "quiet.md").write_text(ENTRY.format(title="Quiet", body="Words."), encoding="utf-8")
    with open(folder / "large.md", "w", encoding="utf-8") as target:
        target.write(ENTRY.format(title="Large", body=""))
        for _ in range(100):
            target.write("Words of a generated entry that is far too long.\n" * 20_000)
    _, said, _, measured = machine.run(root, "check", codes=(1,))
    expect("unreadable-file" in said and "large.md" in said, "the large entry is not reported")
    machine.run(root, "build", "--output", root / "site")
    expect((root / "site/entries/quiet.html").is_file(), "the quiet entry has no page")
    return f"100 MB: reported with its size and not read ({figures(measured)}); the other entry has its page"


NAMES = ["تأمل", "反思", "प्रतिबिंब", "размышление", "סיפור", "ภาพสะท้อน", "성찰", "ふりかえり", "რეფლექსია", "🩺🫀", "e\u0301te\u0301",
         "\u00e9t\u00e9", "Å", "A\u030a", "a\u200bb", "\u202egnp", "Ω", "\u2126", "ﬁ", "fi", "Straße", "STRASSE", "i̇", "İ",
         "a b", "a.b", "-a", "~a", "#a", "a%20b", "a&b", "a'b", "a+b", "名" * 60]


def scripts(machine):
    """Names in every script, and pairs that look or compare alike: every entry has its own page."""
    return names(machine, "scripts", NAMES)


RESERVED = ["CON", "con", "NUL", "aux", "PRN", "COM1", "lpt9", "COM1.notes", "nul.", "trailing ", "trailing.", " leading",
            "a:b", "a?b", "a*b", "a<b>", "a|b", "a\\b", 'a"b', "x" * 200]


def reserved(machine):
    """Names that Windows reserves or forbids: pages have portable names."""
    return names(machine, "reserved", RESERVED)


def names(machine, name, stems):
    root = machine.workspace(name)
    there = 0
    for at, stem in enumerate(stems):
        path = root / "portfolio/entries" / f"{stem}.md"
        if not path.exists():
            body = f"Marked as number {at} of these."
            path.write_text(ENTRY.format(title=f"Entry {at}", body=body), encoding="utf-8")
            there += 1
    machine.run(root, "check")
    output = root / "site"
    machine.run(root, "build", "--output", output)
    pages = [path for path in (output / "entries").rglob("*.html")]
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    lost = [stem for at, stem in enumerate(stems) if f"Marked as number {at} of these." not in text]
    expect(not lost, f"no page for {lost}")
    held = [str(path.relative_to(output)) for path in output.rglob("*") if path.is_file()]
    odd = [path for path in held if not re.fullmatch(r"[A-Za-z0-9._/-]+", path) or re.search(r"[. ](/|$)", path)
           or any(re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part) for part in path.split("/"))]
    expect(not odd, f"names that not every system can hold: {odd}")
    expect(len({path.lower() for path in held}) == len(held), "names that differ in case alone")
    return f"{there} entries, each with a page; names in plain letters, none reserved, none alike"


PARTS = {"kills": kills, "killed-fixes": killed_fixes, "first-kills": first_kills, "full-disk": full_disk, "read-only": read_only, "two-watchers": watchers, "100 MB": large,
         "scripts": scripts, "reserved-names": reserved, "100,000": many}


def machine_kind():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {os.uname().sysname} on {os.uname().machine}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", type=Path, default=HERE.parents[1] / "target/release/ksbfolio")
    arguments.add_argument("--only", nargs="*", choices=list(PARTS), default=list(PARTS))
    arguments.add_argument("--record", metavar="DAY")
    options = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="ksbfolio-stress-"))
    rows, broken = [], 0
    try:
        machine = Machine(options.binary.resolve(), folder)
        for part in options.only:
            try:
                result = PARTS[part](machine)
            except Broken as problem:
                result, broken = f"**broken**: {problem}", 1
            print(f"{part}: {result}", flush=True)
            rows.append(f"| {part} | {result} |")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.record:
        head = f"{options.record}, {machine_kind()}:\n\n| what | result |\n|---|---|\n"
        readme = HERE / "README.md"
        text = readme.read_text(encoding="utf-8")
        readme.write_text(RECORD.sub(lambda found: f"{found[1]}{head}" + "\n".join(rows) + f"\n{found[2]}", text), encoding="utf-8")
    sys.exit(broken)


main()
