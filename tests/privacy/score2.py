#!/usr/bin/env python3
"""Measures the identifier search on the whole entries of `set2/` to `set8/`.

    tests/privacy/score2.py PROGRAM                      the table
    tests/privacy/score2.py PROGRAM --rewrite FORM       the same words in another form: break, bold, link, nbsp
    tests/privacy/score2.py PROGRAM --list               each miss and each false alarm too
    tests/privacy/score2.py PROGRAM --set set3           another set; `--half even` or `odd`: by their numbers

Marks `⟦kind:text⟧` are stripped, `PROGRAM check --format json` runs on the result, and the places of its findings are
compared with the marked spans. A mark is found if a finding of any identifier rule overlaps it.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORE = {
    "nhs-number", "chi-number", "ni-number", "hospital-number", "reference", "registration", "phone", "email",
    "postcode", "address", "birth-date", "titled-name", "full-name", "surname",
}
SOFT = {
    "first-name", "nickname", "initials", "ward-bed", "place", "event-date", "death-date", "age", "combination",
    "handle", "plate",
}
RULES = {
    "nhs-number", "chi-number", "ni-number", "hospital-number", "phone-number", "email-address", "postcode",
    "home-address", "date-of-birth", "date-of-death", "event-date", "personal-name", "initials", "ward-and-bed",
    "telling-combination", "registration-number", "profile-handle", "age-over-89", "named-place",
}
SETTINGS = "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [st0215]\n"
SETS = [f"set{number}" for number in range(2, 9)]
MARK = re.compile(r"⟦([a-z-]+):([^⟧]*)⟧")


def rewritten(marked, form):
    """The entry with the words of each mark in its body in another form."""
    head, body = marked.split("\n---\n", 1)

    def change(found):
        words = found[2]
        if form == "break" and not is_in_table(found):
            words = words.replace(" ", "\n")
        elif form == "nbsp":
            words = words.replace(" ", "&nbsp;")
        elif form in ("bold", "link") and not re.search(r"[*\[\]`]", words):
            first, last = words.rpartition(" ")[0::2]
            last = f"**{last}**" if form == "bold" else f"[{last}](ksb:K33)"
            words = f"{first} {last}" if first else last
        return f"⟦{found[1]}:{words}⟧"

    def is_in_table(found):
        return body[body.rfind("\n", 0, found.start()) + 1:].startswith("|")

    return f"{head}\n---\n{MARK.sub(change, body)}"


def stripped(marked):
    """The text without marks, and the marked spans: kind, start, end in characters."""
    text, spans, at = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[at:found.start()]
        spans.append((found[1], len(text), len(text) + len(found[2])))
        text += found[2]
        at = found.end()
    text += marked[at:]
    unknown = {kind for kind, _, _ in spans} - CORE - SOFT
    if unknown or "⟦" in text or "⟧" in text:
        sys.exit(f"unreadable marks: {unknown or text[:200]}")
    return text, spans


def searched(program, texts):
    """Identifier findings by entry: rule, start, end in characters, and whether the program is certain."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "portfolio/entries").mkdir(parents=True)
        (root / "portfolio/portfolio.yaml").write_text(SETTINGS, encoding="utf-8")
        for name, text in texts.items():
            (root / "portfolio/entries" / name).write_text(text, encoding="utf-8")
        command = [program, "--as-of", "2026-11-21", "check", "--reporting", "--format", "json"]
        output = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    found = {name: [] for name in texts}
    for one in json.loads(output)["findings"]:
        name = Path(one["file"]).name
        if one["rule"] not in RULES or name not in texts or "name of this file" in one["message"]:
            continue
        starts = [0] + [at.end() for at in re.finditer("\n", texts[name])]
        start = starts[one["line"] - 1] + one["column"] - 1
        end = starts[one["end_line"] - 1] + one["end_column"] - 1
        found[name].append((one["rule"], start, end, "(certain)" in one["message"]))
    return found


def measure(program, form, lists, folder="set2", half=None):
    paths = sorted((HERE / folder).glob("*.md"))
    if half:
        paths = [path for path in paths if int(path.name.split("-")[0]) % 2 == (half == "odd")]
    entries = {path.name: path.read_text(encoding="utf-8") for path in paths}
    marked = {name: stripped(rewritten(text, form)) for name, text in entries.items()}
    found = searched(program, {name: text for name, (text, _) in marked.items()})
    every, hits, right, wrong, complete, identifying = Counter(), Counter(), 0, 0, 0, 0
    clean_words, alarms, certain = 0, 0, 0
    for name, (text, spans) in marked.items():
        findings = found[name]
        overlaps = lambda start, end: any(a < end and start < b for _, a, b, _ in findings)
        missed = [span for span in spans if not overlaps(*span[1:])]
        for kind, _, _ in spans:
            every[kind] += 1
        hits.update(kind for kind, start, end in spans if overlaps(start, end))
        false = [one for one in findings if not any(one[1] < end and start < one[2] for _, start, end in spans)]
        right, wrong = right + len(findings) - len(false), wrong + len(false)
        if spans:
            identifying += 1
            complete += not missed
        else:
            clean_words += len(re.findall(r"[\w'’-]+", text.split("\n---\n", 1)[1]))
            alarms += len(false)
            certain += sum(one[3] for one in false)
        if lists:
            lines = [(start, f"missed {kind}", start, end) for kind, start, end in missed]
            lines += [(start, f"false {rule}{' (certain)' if sure else ''}", start, end)
                      for rule, start, end, sure in false]
            for _, label, start, end in sorted(lines):
                print(f"{name}: {label}: {text[start:end]!r}")
    recall = lambda kinds: sum(hits[kind] for kind in kinds) / max(1, sum(every[kind] for kind in kinds))
    for kind in sorted(every):
        print(f"{kind:16} {hits[kind]:3} of {every[kind]:3}")
    print(f"core recall      {recall(CORE):.3f}")
    print(f"soft recall      {recall(SOFT):.3f}")
    print(f"precision        {right / max(1, right + wrong):.3f}")
    print(f"nothing missed   {complete} of {identifying} entries")
    print(f"false alarms     {1000 * alarms / clean_words:.1f} per 1,000 clean words, {certain} certain of {alarms}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("--rewrite", choices=["plain", "break", "bold", "link", "nbsp"], default="plain")
    arguments.add_argument("--list", action="store_true")
    arguments.add_argument("--set", choices=SETS, default="set2")
    arguments.add_argument("--half", choices=["odd", "even"])
    options = arguments.parse_args()
    measure(Path(options.program).resolve(), options.rewrite, options.list, options.set, options.half)


if __name__ == "__main__":
    main()
