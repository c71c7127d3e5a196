#!/usr/bin/env python3
"""Compares everything that two builds of the program write: a change that only moves code must not change a byte.

    tests/same.py OLD NEW                 the sample portfolio
    tests/same.py OLD NEW --entries 1000  a generated portfolio as well

Writes the differing files and exits with 1 if there are any. What a command prints is compared too, with its exit code.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown"]
COMMANDS = [
    *(["check", "--format", name] for name in FORMATS),
    *(["coverage", "--format", name] for name in ["text", "json", "csv", "markdown"]),
    ["coverage", "--by", "group"],
    ["hours"],
    ["gateway", "--format", "json"],
    ["gateway"],
    ["review", "--format", "json"],
    ["explain", "K7"],
    ["explain", "--all"],
    ["schema", "entry"],
    ["standards", "list"],
]
WRITING = [
    ["build", "--audience", "public", "--output", "{out}/public"],
    ["build", "--audience", "assessor", "--output", "{out}/assessor"],
    ["build", "--audience", "private", "--output", "{out}/private"],
    ["pack", "--output", "{out}/pack.html"],
    ["review", "--format", "html", "--output", "{out}/review.html"],
    ["coverage", "--format", "xlsx", "--output", "{out}/coverage.xlsx"],
    ["gateway", "--pack", "{out}/hand-in", "--anyway"],
]


def run_all(binary, workspace, out):
    """Runs every command, and returns all that was printed and written, by name."""
    results = {}
    out.mkdir()
    for command in COMMANDS + WRITING:
        arguments = [argument.format(out=out) for argument in command]
        program = [binary, "--root", workspace, "--as-of", "2026-11-21", "--quiet", *arguments]
        done = subprocess.run(program, capture_output=True, check=False)
        printed = done.stdout + b"\n--- stderr\n" + done.stderr + f"\n--- exit code {done.returncode}".encode()
        results["$ " + " ".join(command)] = printed.replace(str(out).encode(), b"{out}")
    for path in sorted(out.rglob("*")):
        if path.is_file():
            results[str(path.relative_to(out))] = path.read_bytes()
    return results


def compare(old, new, workspace, folder):
    before = run_all(old, workspace, folder / "old")
    after = run_all(new, workspace, folder / "new")
    different = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    for name in different:
        state = "missing" if name not in after else "added" if name not in before else "differs"
        print(f"{workspace}: {state}: {name}")
    print(f"{workspace}: {len(before)} outputs compared, {len(different)} different")
    return bool(different)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--entries", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sample").mkdir()
        differs = compare(arguments.old, arguments.new, ROOT, folder / "sample")
        if arguments.entries:
            generated = folder / "generated"
            script = [sys.executable, ROOT / "tests/bench/generate.py", "--entries", str(arguments.entries)]
            subprocess.run([*script, "--words", "700", "--seed", "1", "--out", generated], check=True)
            (folder / "other").mkdir()
            differs |= compare(arguments.old, arguments.new, generated, folder / "other")
    sys.exit(1 if differs else 0)


if __name__ == "__main__":
    main()
