#!/usr/bin/env python3
"""Counts what house rules can be held to by counting, and prints a table (needs cargo's rustfmt; Linux and macOS).

    tests/figures.py                   the table of this checkout
    tests/figures.py --revision REV    the table of another revision, by today's way of counting
    tests/figures.py --hold            exits with 1 where a figure is worse than its bar in BARS

Code is formatted with rustfmt's defaults before it is counted, so that revisions with other settings compare.
"""

import argparse
import io
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
DIALECT = {
    "told, tells": r"\b(?:told|tells)\b",
    "stands": r"\bstands?\b",
    "nobody, somebody, whoever": r"\b(?:nobody|somebody|whoever)\b",
}
# The worst that a figure may be: lower each with the figure, never raise one. CONTRIBUTING has where they should go.
BARS = {
    "locked packages": 240,
    "rules": 76,
    "commands": 21,
    "files in a ring of imports": 0,
    "functions over 60 lines": 0,
    "type names defined twice or more": 10,
}


def sources(root, folder="src"):
    return sorted((root / folder).rglob("*.rs"))


def format_defaults(root, files):
    """Formats copies with rustfmt's defaults, in place."""
    for start in range(0, len(files), 100):
        chunk = [str(path) for path in files[start:start + 100]]
        subprocess.run(["rustfmt", "--edition", "2024", "--config-path", "/dev/null", *chunk], cwd=root, check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def without_tests(text):
    """A file's text up to its unit tests, which stand at the end."""
    at = text.find("#[cfg(test)]\nmod ")
    return text if at < 0 else text[:at]


def functions(text):
    """Yields name and length in lines of each function, by the indent of its closing brace."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        found = re.match(r"^(\s*)(?:pub(?:\([^)]*\))? )?(?:const )?(?:async )?(?:unsafe )?fn (\w+)", line)
        if not found:
            continue
        for end in range(number, len(lines)):
            if lines[end] == found[1] + "}" or (end == number and line.endswith("}")):
                yield found[2], end - number + 1
                break
            if end > number and lines[end].startswith(found[1] + ")") and lines[end].endswith(";"):
                break


def prose(root):
    """The words of comments and documents, as one text."""
    parts = []
    for path in sources(root) + sources(root, "tests"):
        for line in path.read_text(encoding="utf-8").split("\n"):
            found = re.match(r"^\s*//[/!]?\s?(.*)", line)
            if found:
                parts.append(found[1])
            elif parts and parts[-1]:
                parts.append("")
    documents = list(root.glob("*.md")) + list(root.glob("docs/*.md"))
    for path in documents:
        if path.name in ("RULES.md", "STYLE.md", "GLOSSARY.md"):
            # Rules' texts are for learners; the other two quote bad examples.
            continue
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
        parts += ["", text]
    return "\n".join(parts)


def modules(root):
    """Maps each module of `src`, as a tuple of names, to its text without comments and unit tests."""
    base, found = root / "src", {}
    for path in sources(root):
        name = path.relative_to(base).with_suffix("").parts
        if name not in (("lib",), ("main",)):
            text = without_tests(path.read_text(encoding="utf-8"))
            found[name[:-1] if name[-1] == "mod" else name] = re.sub(r"//[^\n]*", "", text)
    return found


def use_tree(text, prefix=()):
    """Yields path and local name of everything that a `use` declaration names."""
    text = text.strip()
    if text.startswith("{"):
        depth, part = 0, ""
        for sign in text[1:-1] + ",":
            depth += (sign == "{") - (sign == "}")
            if sign == "," and depth == 0:
                yield from use_tree(part, prefix)
                part = ""
            else:
                part += sign
        return
    found = re.match(r"(\w+)\s*(?:(::)\s*(.*)|as\s+(\w+)|)$", text, re.S)
    if not found:
        return
    name, deeper, rest, alias = found.groups()
    if deeper:
        yield from use_tree(rest, prefix + (name,))
    elif name == "self":
        yield prefix, alias or prefix[-1]
    else:
        yield prefix + (name,), alias or name


def absolute(module, path, known):
    """A path from the crate's root; `None` if it leads out of the crate."""
    if path[0] == "crate":
        return path[1:]
    if path[0] == "self":
        return module + path[1:]
    if path[0] == "super":
        return absolute(module[:-1], ("self",) + path[1:], known)
    return module + path if module + path[:1] in known else None


def imports(texts):
    """Yields module, imported path and, for a re-export, its name."""
    for module, text in texts.items():
        for public, declared in re.findall(r"(?m)^\s*(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);", text):
            for path, name in use_tree(declared):
                yield module, absolute(module, path, texts), name if public else None, path[0]
        rest = re.sub(r"\buse\s+[^;]+;", "", text)
        for path in re.findall(r"\b(?:crate|super|self)(?:::\w+)+", rest):
            yield module, absolute(module, tuple(path.split("::")), texts), None, path.split("::")[0]


def defining_module(path, texts, exported):
    """The module that defines what a path names, behind any number of re-exports."""
    for length in range(len(path), 0, -1):
        if path[:length] in texts:
            target = exported.get((path[:length], path[length])) if length < len(path) else None
            return defining_module(target + path[length + 1:], texts, exported) if target else path[:length]
    return None


def rings(root):
    """Modules in a ring of imports: strongly connected, more than one. A parent that only re-exports its children does not use them."""
    texts = modules(root)
    everything = [one for one in imports(texts) if one[1]]
    exported = {(module, name): path for module, path, name, _ in everything if name}
    wanted = defaultdict(set)
    for module, path, name, start in everything:
        target = defining_module(path, texts, exported)
        if target and target != module and not (name and start not in ("crate", "super")):
            wanted[module].add(target)
    return strongly_connected(texts, wanted)


def strongly_connected(nodes, edges):
    """The members of all components of more than one node (Kosaraju: who reaches each other)."""
    def reach(start, step):
        seen, waiting = {start}, [start]
        while waiting:
            for other in step[waiting.pop()] - seen:
                seen.add(other)
                waiting.append(other)
        return seen

    backwards = defaultdict(set)
    for node, others in edges.items():
        for other in others:
            backwards[other].add(node)
    return [node for node in nodes if len(reach(node, edges) & reach(node, backwards)) > 1]


def tests(root):
    """Tests in all, and those that start no process: unit tests, and those whose body names no sandbox or command."""
    everything = without_process = 0
    for path in sources(root) + sources(root, "tests"):
        text = path.read_text(encoding="utf-8")
        starts = r"Sandbox|Command::|\brun\(|\bjson\("
        for part in re.split(r"#\[test\]", text)[1:]:
            everything += 1
            body = part.split("\n}\n")[0]
            unit = "src" in path.relative_to(root).parts
            without_process += unit or not re.search(starts, body)
    return everything, without_process


def count(root):
    files = sources(root)
    plain = "\n".join(path.read_text(encoding="utf-8") for path in files)
    as_is = sum(text.count("\n") for text in [plain])
    format_defaults(root, files)
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    lines = [line for text in texts.values() for line in text.split("\n")]
    written = prose(root)
    words = len(re.findall(r"[A-Za-z][\w'-]*", written))
    per = lambda number: round(number * 10_000 / words, 1)
    types = Counter(re.findall(r"^\s*(?:pub(?:\([^)]*\))? )?(?:struct|enum|trait) (\w+)", "\n".join(texts.values()), re.M))
    every, alone = tests(root)
    names = [name for text in texts.values() for name, _ in functions(without_tests(text))]
    lock = (root / "Cargo.lock").read_text(encoding="utf-8")
    rules = root / "src/check/rules/mod.rs"
    main = "\n".join(path.read_text(encoding="utf-8") for path in (root / "src/cli").rglob("args*.rs"))
    commands = re.search(r"enum Command \{(.*?)\n\}", main, re.S)
    table = {
        "lines of src, rustfmt's defaults": len(lines),
        "lines of src, as they are": as_is,
        # This package, and those from elsewhere: the module of ksbfolio.html is the same program.
        "locked packages": 1 + lock.count("\nsource = "),
        "rules": len(re.findall(r"^mod \w+;", rules.read_text(encoding="utf-8"), re.M)),
        "commands": len(re.findall(r"^    [A-Z]\w*(?:\(|,| \{)", commands[1], re.M)) if commands else "unknown",
        "files in a ring of imports": len(rings(root)),
        **{f"{name}, per 10,000 words": per(len(re.findall(rx, written, re.I))) for name, rx in DIALECT.items()},
        "sentences that begin with What, per 10,000 words": per(len(re.findall(r"(?:^|[.!?:]\s+|\n)What\b", written))),
        "functions over 60 lines": sum(length > 60 for text in texts.values() for _, length in functions(text)),
        "lines over 100 characters, %": round(100 * sum(len(line) > 100 for line in lines) / len(lines), 1),
        "tests": every,
        "tests that start no process, %": round(100 * alone / every),
        "type names defined twice or more": sum(number > 1 for number in types.values()),
        "functions": len(names),
    }
    return table


def checkout(revision, folder):
    data = subprocess.run(["git", "archive", revision], cwd=HERE.parent, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="data")


def working_tree(folder):
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=HERE.parent,
                            check=True, capture_output=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        source, target = HERE.parent / name, folder / name
        if source.is_file() and (name.endswith((".rs", ".md", ".toml", ".lock"))):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--revision")
    arguments.add_argument("--hold", action="store_true")
    wanted = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checkout(wanted.revision, folder) if wanted.revision else working_tree(folder)
        table = count(folder)
    width = max(map(len, table))
    worse = [name for name, bar in BARS.items() if isinstance(table.get(name), (int, float)) and table[name] > bar]
    for name, value in table.items():
        print(f"{name:<{width}}  {value}{'   worse than ' + str(BARS[name]) if name in worse else ''}")
    return 1 if wanted.hold and worse else 0


if __name__ == "__main__":
    sys.exit(main())
