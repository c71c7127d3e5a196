#!/usr/bin/env python3
"""Inspects every document and picture of a folder, and counts what is found (stdlib only).

    tests/privacy/documents.py FOLDER [--binary target/debug/ksbfolio] [--seconds 60] [--limit N] [-v]

Each file is attached to the only entry of a temporary workspace, which is checked and built. Reported, and
an exit code of 1: programs that crash or do not end, and files that the site leaves out without a finding
about them. The folder is not changed, and nothing is kept.
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile, time

ENDINGS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "jpeg")
STANDARD = """version: 1
id: tiny
reference: TINY
title: Tiny standard
level: 5
standard_version: "1"
official: false
licence: ours
source: ours
kinds:
  - { id: knowledge, title: Knowledge, prefix: K }
criteria:
  - { code: K1, kind: knowledge, text: "How to keep hands clean" }
groups:
  - { code: Duty 1, kind: duty, text: "Care", criteria: [K1] }
rules: { min_pieces: 1, min_types: unknown, currency_months: unknown }
"""
SETTINGS = """version: 1
title: Evidence portfolio
learner: { id: L-1 }
standards: [tiny]
start: 2025-09-01
planned_end: 2027-02-28
documents: [pdf, docx, xlsx, pptx, odt, ods, odp]
"""
ENTRY = """---
title: A piece
date: 2026-03-14
type: product
ksbs: [{{ K1: "as said" }}]
anonymised: true
attachments: [{{ file: "evidence/{name}", alt: "a document", shows: nobody }}]
---

I made it for the sluice and explain why it matters to me.
"""
FILE_RULES = {"document-comments", "document-properties", "embedded-content", "hidden-content", "tracked-changes",
              "unreadable-document", "unreadable-picture", "unread-text", "picture-metadata", "animated-picture"}
HOLDING = FILE_RULES - {"document-properties", "picture-metadata", "animated-picture", "unread-text"}


def files_below(folder):
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().rsplit(".", 1)[-1] in ENDINGS:
                yield os.path.join(root, name)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def run(binary, work, seconds, *args):
    """Exit code, standard output, standard error; the code is None after the time limit."""
    argv = [binary, "--color", "never", "--as-of", "2026-06-01", *args]
    try:
        done = subprocess.run(argv, cwd=work, capture_output=True, stdin=subprocess.DEVNULL, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None, "", ""
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def kinds_of(message):
    """The kinds in `this PDF holds 2 comments or marks and 1 printer setting`, with their counts."""
    _, _, listed = message.partition(" holds ")
    for part in re.split(r"(?:, | and )(?=\d+ )", listed):
        found = re.match(r"(\d+) (.*?)(?: by (?:one|several) .*)?$", part)
        if found:
            yield found[2], int(found[1])


def inspect(binary, path, seconds):
    """Problems, findings about the file, whether it was published, and seconds."""
    ending = path.lower().rsplit(".", 1)[-1]
    name = "file." + ending
    with tempfile.TemporaryDirectory() as work:
        write(os.path.join(work, "standards/tiny.yaml"), STANDARD)
        write(os.path.join(work, "portfolio/portfolio.yaml"), SETTINGS)
        write(os.path.join(work, "portfolio/entries/one.md"), ENTRY.format(name=name))
        os.makedirs(os.path.join(work, "portfolio/evidence"))
        with open(path, "rb") as source, open(os.path.join(work, "portfolio/evidence", name), "wb") as copy:
            copy.write(source.read())
        problems, findings, begun = [], [], time.time()
        code, out, err = run(binary, work, seconds, "check", "--format", "json")
        took = time.time() - begun
        if code is None:
            return ["check did not end"], [], False, took
        if code not in (0, 1) or "panicked" in err:
            problems.append("check ended with %s: %s" % (code, err.strip()[:200]))
        try:
            findings = json.loads(out)["findings"]
        except ValueError:
            problems.append("check printed no JSON")
        code, out, err = run(binary, work, seconds, "build")
        if code is None:
            return problems + ["build did not end"], findings, False, took
        if code not in (0, 1) or "panicked" in err:
            problems.append("build ended with %s: %s" % (code, err.strip()[:200]))
        site = os.path.join(work, "output/assets")
        published = any(os.listdir(os.path.join(site, part)) for part in ("documents", "pictures")
                        if os.path.isdir(os.path.join(site, part)))
    about = [one for one in findings if one["rule"] in FILE_RULES or "in the " in one["message"]]
    held = [one for one in about if one["rule"] in HOLDING or one["level"] == "error"]
    if not published and not held:
        problems.append("left out without a finding")
    return problems, about, published, took


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--binary", default="target/debug/ksbfolio")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--limit", type=int, help="the most files of one type")
    parser.add_argument("-v", action="store_true", help="print the findings of each file")
    args = parser.parse_args()
    binary = os.path.abspath(args.binary)
    seen, outcomes, kinds, problems, slow = (collections.Counter(), collections.Counter(), {}, [], [])
    for path in files_below(args.folder):
        ending = path.lower().rsplit(".", 1)[-1]
        if args.limit and seen[ending] >= args.limit:
            continue
        seen[ending] += 1
        wrong, about, published, took = inspect(binary, path, args.seconds)
        shown = os.path.relpath(path, args.folder)
        problems += ["%s: %s" % (shown, one) for one in wrong]
        slow.append((took, shown))
        rules = {one["rule"] for one in about}
        for rule in sorted(rules):
            outcomes[ending, rule] += 1
        outcomes[ending, "published" if published else "held back"] += 1
        for one in about:
            if one["rule"] in ("hidden-content", "document-comments", "tracked-changes", "embedded-content"):
                for kind, count in kinds_of(one["message"]):
                    files, whole = kinds.get((one["rule"], kind), (0, 0))
                    kinds[one["rule"], kind] = (files + 1, whole + count)
        if args.v:
            print("%-60s %s %s" % (shown[-60:], "published" if published else "held", "; ".join(
                one["rule"] + ": " + one["message"] for one in about)), flush=True)
    print("\n| type | files | " + " | ".join(("published", "held back", "unreadable")) + " |\n|---|---:|---:|---:|---:|")
    for ending in sorted(seen):
        unread = outcomes[ending, "unreadable-document"] + outcomes[ending, "unreadable-picture"]
        print("| %s | %d | %d | %d | %d |" % (ending, seen[ending], outcomes[ending, "published"],
                                             outcomes[ending, "held back"], unread))
    print("\n| rule | kind | files | count |\n|---|---|---:|---:|")
    for (rule, kind), (files, whole) in sorted(kinds.items()):
        print("| %s | %s | %d | %d |" % (rule, kind, files, whole))
    print("\nslowest: " + ", ".join("%s %.1f s" % (name, took) for took, name in sorted(slow)[-3:]))
    for one in problems:
        print("PROBLEM " + one)
    print("%d files, %d problems" % (sum(seen.values()), len(problems)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
