"""The packages that the programs of a release consist of, as cargo resolves them."""

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path

from .compiling import TARGETS
from .project import ROOT, read_output

# That of ksbfolio.html, with other features than the others.
TAB = ["--filter-platform", "wasm32-wasip1", "--no-default-features", "--features", "documents,signatures"]


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    licence: str
    authors: tuple
    folder: Path
    needs: tuple
    # Whether it is in a program; others only help to compile.
    is_inside: bool

    @property
    def reference(self):
        return f"pkg:cargo/{self.name}@{self.version}"


@functools.cache
def resolve():
    """The project's own package, and all others by name and version."""
    found, inside, needs = {}, set(), {}
    for options in (*(["--filter-platform", target] for target in TARGETS.values()), TAB):
        metadata = json.loads(read_output(["cargo", "metadata", "--locked", "--format-version", "1", *options]))
        packages = {package["id"]: package for package in metadata["packages"]}
        nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
        root = metadata["resolve"]["root"]
        found.update({id: packages[id] for id in reach(root, nodes, lambda kind, _: kind != "dev", packages)})
        inside |= reach(root, nodes, lambda kind, to: kind is None and not is_macro(to), packages)
        for id, node in nodes.items():
            needs.setdefault(id, set()).update(edge["pkg"] for edge in node["deps"] if has_kind(edge))
    made = {id: make(package, needs[id] & found.keys(), found, id in inside) for id, package in found.items()}
    own = made.pop(root)
    return own, sorted(made.values(), key=lambda package: (package.name, version_key(package.version)))


def has_kind(edge):
    return any(kind["kind"] != "dev" for kind in edge["dep_kinds"])


def is_macro(package):
    return any("proc-macro" in target["kind"] for target in package["targets"])


def reach(root, nodes, follows, packages):
    """Packages that are reached by edges of which `follows` is true."""
    seen, ahead = set(), [root]
    while ahead:
        id = ahead.pop()
        if id not in seen:
            seen.add(id)
            ahead += [edge["pkg"] for edge in nodes[id]["deps"]
                      if any(follows(kind["kind"], packages[edge["pkg"]]) for kind in edge["dep_kinds"])]
    return seen


def make(package, needs, found, is_inside):
    # The older form of an expression.
    licence = re.sub(r"\s*/\s*", " OR ", package["license"] or "")
    references = sorted(f"pkg:cargo/{found[id]['name']}@{found[id]['version']}" for id in needs)
    return Package(package["name"], package["version"], licence, tuple(package["authors"]),
                   Path(package["manifest_path"]).parent, tuple(references), is_inside)


def version_key(version):
    return [int(part) if part.isdigit() else 0 for part in re.split(r"[.+-]", version)]


@functools.cache
def checksums():
    """The SHA-256 of each package in Cargo.lock."""
    lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
    rows = re.findall(r'^name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "([0-9a-f]{64})"', lock, re.M)
    return {(name, version): digest for name, version, digest in rows}
