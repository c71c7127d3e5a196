"""The licences of everything that is in the programs."""

import functools
import re
from pathlib import Path

from .compiling import install_python
from .packages import resolve
from .project import ROOT, Missing, read_output

NAMES = re.compile(r"^(licen[cs]e|copying|copyright|notice|unlicense)", re.I)
LINE = "=" * 100
ABOUT = """The programs of ksbfolio contain the libraries below. ksbfolio itself is MIT or Apache-2.0, at your choice.

The standard library of Rust is MIT or Apache-2.0; RUST-STANDARD-LIBRARY.html has its notices. The programs for Linux
contain musl, those for Windows parts of mingw-w64 and of GCC's runtime library, which its exception lets anybody pass
on in a program. Lists of words and names are named at the end.
"""


@functools.cache
def collect():
    """One text: the packages with their licences, then each different text of a licence once, with whose it is."""
    packages = [package for package in resolve()[1] if package.is_inside]
    parts = [ABOUT, "\n".join(f"{package.name} {package.version}: {package.licence}" for package in packages)]
    owners = {}
    for package in packages:
        texts = read_texts(package.folder)
        if not texts:
            people = ", ".join(author.split(" <")[0] for author in package.authors) or "its authors"
            parts.append(f"{package.name} {package.version} has no text of its licence, {package.licence}, in its package. By {people}.")
        for text in texts:
            owners.setdefault(text, []).append(f"{package.name} {package.version}")
    zig = next((install_python().parent / "lib").glob("python*/site-packages/ziglang/lib/libc"))
    for name, path in (("musl (Linux)", "musl/COPYRIGHT"), ("mingw-w64 (Windows)", "mingw/COPYING")):
        owners.setdefault(tidy((zig / path).read_text(encoding="utf-8")), []).append(name)
    parts += [f"{LINE}\n{', '.join(names)}\n\n{text}" for text, names in owners.items()]
    lists = (ROOT / "DEPENDENCIES.md").read_text(encoding="utf-8").split("\n## Lists of words\n", 1)
    parts.append(f"{LINE}\nLists of words\n\n{lists[1].split(chr(10) + '## ')[0].strip()}\n")
    return "\n\n".join(parts)


def read_texts(folder):
    """The texts of the licences in a package, without repetitions."""
    paths = sorted(path for path in folder.iterdir() if NAMES.match(path.name))
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path]) if file.is_file()]
    texts = [tidy(file.read_text(encoding="utf-8", errors="replace")) for file in files]
    return list(dict.fromkeys(text for text in texts if text))


def tidy(text):
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


@functools.cache
def standard_library():
    """The notices of Rust's standard library, which its compiler brings."""
    path = Path(read_output(["rustc", "--print", "sysroot"]).strip()) / "share/doc/rust/COPYRIGHT-library.html"
    if not path.is_file():
        raise Missing(f"the notices of Rust's standard library are missing: {path} comes with a toolchain of rustup")
    return path.read_bytes()
