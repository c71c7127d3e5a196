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
    "locked packages": 294,
    "rules": 71,
    "commands": 17,
    "files in a ring of imports": 42,
    "functions over 60 lines": 29,
    "type names defined twice or more": 46,
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


def rings(root):
    """Files in a ring of `crate::`, `super::` and `self::` imports (strongly connected, more than one file)."""
    base = root / "src"
    module_of = {}
    for path in sources(root):
        name = path.relative_to(base).with_suffix("").parts
        module_of[name[:-1] if name[-1] == "mod" else name] = path
    wanted = defaultdict(set)
    for module, path in module_of.items():
        text = without_tests(path.read_text(encoding="utf-8"))
        text = re.sub(r"//[^\n]*", "", text)
        for used in imports(text, module):
            for length in range(len(used), 0, -1):
                if used[:length] in module_of:
                    # A parent that names its own children, or children their parent, is what folders are.
                    if used[:length] != module:
                        wanted[module].add(used[:length])
                    break
    return strongly_connected(module_of, wanted)


def imports(text, module):
    for start, rest in re.findall(r"\b(crate|super|self)((?:::(?:\w+|\{[^;]*?\}))+)", text):
        base = () if start == "crate" else module if start == "self" else module[:-1]
        rest = rest[2:]
        while rest.startswith("super::"):
            base, rest = base[:-1], rest[7:]
        head, _, group = rest.partition("{")
        parts = tuple(part for part in head.split("::") if part)
        if not group:
            yield base + parts
        for name in re.findall(r"(\w+)", group):
            yield base + parts + (name,)


def strongly_connected(nodes, edges):
    """How many nodes are in a component of more than one (Tarjan, without recursion)."""
    index, low, on, stack, count, ringed = {}, {}, set(), [], 0, 0
    for root in nodes:
        if root in index:
            continue
        work = [(root, iter(sorted(edges[root])))]
        index[root] = low[root] = count
        count += 1
        stack.append(root)
        on.add(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = count
                    count += 1
                    stack.append(other)
                    on.add(other)
                    work.append((other, iter(sorted(edges[other]))))
                    break
                if other in on:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    size = 0
                    while True:
                        last = stack.pop()
                        on.discard(last)
                        size += 1
                        if last == node:
                            break
                    ringed += size if size > 1 else 0
    return ringed


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
        "locked packages": lock.count("[[package]]"),
        "rules": len(re.findall(r"^mod \w+;", rules.read_text(encoding="utf-8"), re.M)),
        "commands": len(re.findall(r"^    [A-Z]\w*(?:\(|,| \{)", commands[1], re.M)) if commands else "unknown",
        "files in a ring of imports": rings(root),
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
