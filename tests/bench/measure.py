#!/usr/bin/env python3
"""Measures the program as whole processes on generated entries: wall time, CPU time, peak memory.

    cargo build --profile dist && tests/bench/measure.py --entries 1000 --words 700

Prints minimum, median and maximum of each figure. Nothing here passes or fails.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(command):
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if child.returncode > 1:
        sys.exit(f"{command} could not do its job: exit code {child.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def report(name, runs):
    for label, unit, column in (("wall", "s", 0), ("CPU", "s", 1), ("peak", "MB", 2)):
        values = [one[column] for one in runs]
        print(f"{name:<22} {label:<5} min {min(values):8.3f}  median {statistics.median(values):8.3f}  "
              f"max {max(values):8.3f} {unit}")


def size(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--entries", type=int, default=1000)
    arguments.add_argument("--words", type=int, default=700)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--binary", type=Path, default=HERE.parents[1] / "target/dist/ksbfolio")
    options = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="ksbfolio-bench-"))
    try:
        subprocess.run([sys.executable, HERE / "generate.py", "--entries", str(options.entries),
                        "--words", str(options.words), "--out", folder], check=True)
        files, source = size(folder / "portfolio")
        print(f"{files - 1} entries, {source / 1e6:.1f} MB of source")
        common = [str(options.binary), "--root", str(folder), "--as-of", "2026-11-21", "--quiet"]
        entries = sorted(str(path) for path in (folder / "portfolio/entries").rglob("*.md"))
        cold, again, check, cat = [], [], [], []
        for _ in range(options.runs):
            output = folder / "output"
            shutil.rmtree(output, ignore_errors=True)
            cold.append(run([*common, "build", "--output", str(output)]))
            again.append(run([*common, "build", "--output", str(output)]))
            check.append(run([*common, "check"]))
            cat.append(run(["cat", *entries]))
        report("build, empty output", cold)
        report("build, nothing changed", again)
        report("check", check)
        report("cat, the same files", cat)
        files, written = size(folder / "output")
        print(f"site: {files} files, {written / 1e6:.1f} MB")
    finally:
        shutil.rmtree(folder)


main()
