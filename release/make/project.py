"""The project as release/build sees it."""

import functools
import hashlib
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VERSION = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.M)[1]
ABOUT = re.search(r'^description = "(.+)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.M)[1]
# Zip files cannot be older.
EARLIEST = 315_532_800


class Missing(Exception):
    """A tool that is not there, or a result that may not be given away."""


def run(command, **options):
    """Runs a command in the project's folder."""
    done = subprocess.run([str(word) for word in command], cwd=ROOT, **options)
    if done.returncode != 0:
        raise Missing(f"`{' '.join(str(word) for word in command[:3])} …` ended with {done.returncode}")
    return done


def read_output(command):
    return run(command, stdout=subprocess.PIPE, text=True).stdout


@functools.cache
def commit_time():
    """The time that files in archives have, in seconds: SOURCE_DATE_EPOCH, or that of the commit."""
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named:
        return max(int(named), EARLIEST)
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
    return max(int(asked.stdout), EARLIEST) if asked.returncode == 0 and asked.stdout.strip() else EARLIEST


def hash_folder(folder):
    """Name and SHA-256 of each file of a release, by name."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]
