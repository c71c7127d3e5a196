#!/usr/bin/env python3
"""Builds the program a second time, arranged by what it was seen to do: often used code together, likely ways first.

    rustup component add llvm-tools
    tests/bench/tuned.py            # target/tuned/ksbfolio

It is watched on portfolios of other entries than are measured: first and later builds, checks, and the sample
portfolio. That takes two compilations of the `dist` profile. Nothing here passes or fails.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SIZES = (60, 1200)
# Entries that are measured come from seed 1.
SEED = 9


def said(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def host():
    lines = said("rustc", "-vV").splitlines()
    return next(line.removeprefix("host: ") for line in lines if line.startswith("host: "))


def merger(target):
    """The program that puts together what was seen, of the same version as the compiler."""
    folder = Path(said("rustc", "--print", "sysroot")) / "lib/rustlib" / target / "bin"
    found = sorted(folder.glob("llvm-profdata*"))
    if not found:
        sys.exit("llvm-profdata is missing: rustup component add llvm-tools")
    return found[0]


def compiled(flag, target, folder):
    environment = dict(os.environ, RUSTFLAGS=flag, CARGO_TARGET_DIR=str(folder))
    # Named, so that programs which only run while others are compiled are not watched.
    command = ["cargo", "build", "--profile", "dist", "--locked", "--target", target]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    return folder / target / "dist" / "ksbfolio"


def run(binary, root, *rest):
    done = subprocess.run([binary, "--root", root, "--as-of", "2026-11-21", "--quiet", *rest],
                          stdout=subprocess.DEVNULL)
    # A check that finds something ends with 1.
    if done.returncode > 1:
        sys.exit(f"{binary} {' '.join(map(str, rest))} ended with {done.returncode}")


def watched(binary, scratch):
    for size in SIZES:
        root, output = scratch / f"portfolio-{size}", scratch / f"site-{size}"
        subprocess.run([sys.executable, HERE / "generate.py", "--entries", str(size), "--seed", str(SEED),
                        "--out", root], check=True)
        entry = sorted((root / "portfolio/entries").rglob("*.md"))[size // 2]
        run(binary, root, "check")
        run(binary, root, "build", "--output", output)
        for number in range(3):
            entry.write_text(f"{entry.read_text()}\nEdit {number}.\n")
            run(binary, root, "build", "--output", output)
            run(binary, root, "build", "--output", output)
        run(binary, root, "check")
    run(binary, ROOT, "build", "--output", scratch / "sample")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.parse_args()
    target, folder = host(), ROOT / "target/tuned"
    merge = merger(target)
    with tempfile.TemporaryDirectory(prefix="ksbfolio-tuned-") as scratch:
        scratch = Path(scratch)
        seen = scratch / "seen"
        watched(compiled(f"-Cprofile-generate={seen}", target, folder / "watching"), scratch)
        subprocess.run([merge, "merge", "-o", scratch / "merged", seen], check=True)
        tuned = compiled(f"-Cprofile-use={scratch / 'merged'}", target, folder / "using")
        shutil.copy2(tuned, folder / "ksbfolio")
    print(folder / "ksbfolio")


if __name__ == "__main__":
    main()
