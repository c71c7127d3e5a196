#!/usr/bin/env python3
"""Writes the portfolios of invented learners, the same each time.

    tests/cohort/generate.py FOLDER LEARNERS [ENTRIES] [--odd]

Learners have entries on ST0215, 32 on average unless asked otherwise: fewer after a late start, more after an early one. They
have decisions about most of them by one of nine assessors, reviews and hours. FOLDER gets a folder for each learner, `roots.txt`
and `cohort.yaml`. With --odd it also gets learners of whom not everything is known, named in `odd`.
"""

import argparse
import datetime
import hashlib
import random
import re
from pathlib import Path

TODAY = datetime.date(2026, 11, 21)
CODES = [f"K{number}" for number in range(1, 36)] + [f"S{number}" for number in range(1, 31)] + ["B1", "B2", "B3"]
WORDS = "reading practice ward review plan method record care lesson result change notice reason step".split()


def day(random_, first, last):
    return first + datetime.timedelta(days=random_.randrange(max(1, (last - first).days)))


def entry(random_, number, date):
    codes = random_.sample(CODES, random_.randint(1, 4))
    body = " ".join(random_.choice(WORDS) for _ in range(random_.randint(30, 90)))
    lines = ["---", f"title: Piece {number}", f"date: {date}", "type: " + random_.choice(["product", "cpd", "observation"])]
    if random_.random() < 0.1:
        lines.append("status: draft")
    if random_.random() < 0.9:
        lines += [f"hours: {random_.randint(6, 16)}", "off_the_job: true"]
    lines += [f"ksbs: [{', '.join(codes)}]", "anonymised: true", "---", "", f"I wrote about [{body}](ksb:{codes[0]}).", ""]
    return "\n".join(lines)


def begin(random_):
    """The first and the last day of a programme, and how much is written in it, in comparison with others."""
    start = day(random_, datetime.date(2025, 6, 1), datetime.date(2026, 11, 1))
    end = start + datetime.timedelta(days=random_.choice([420, 500, 560]))
    return start, end, random_.choice([0.5, 0.9, 1, 1]) * min(1, (min(TODAY, end) - start).days / 300)


def share_out(entries, shares):
    """A number of entries for each share, `entries` on average: what is rounded away goes to the next."""
    each, given, seen, numbers = entries * len(shares) / sum(shares), 0, 0.0, []
    for share in shares:
        seen += share
        numbers.append(round(each * seen) - given)
        given += numbers[-1]
    return numbers


def learner(folder, number, programme, entries, random_):
    start, end, _ = programme
    last = min(TODAY, end)
    reviews = []
    held = start + datetime.timedelta(days=random_.randint(50, 80))
    while held < last and random_.random() < 0.93:
        parties = random_.choice(["employer, tutor", "employer, tutor", "tutor"])
        reviews.append(f"{{ date: {held}, with: [{parties}] }}")
        held += datetime.timedelta(days=random_.randint(60, 95))
    here = folder / f"learner-{number:05}"
    (here / "portfolio/entries").mkdir(parents=True)
    settings = f"version: 1\ntitle: Portfolio\nlearner: {{ id: AP-{number:05}, cohort: {start:%Y-%m} }}\nstandards: [st0215]\n"
    settings += f"start: {start}\nplanned_end: {end}\noff_the_job: {{ required_hours: 190 }}\n"
    settings += f"reviews: [{', '.join(reviews)}]\n"
    (here / "portfolio/portfolio.yaml").write_text(settings)
    for at in range(entries):
        text = entry(random_, at, day(random_, start, last))
        (here / f"portfolio/entries/piece-{at:03}.md").write_text(text)
    return here


def digest(text):
    """The digest of an entry without attachments, whose codes have the standard's spelling (src/resolve/digest.rs)."""
    return hashlib.sha256(f"ksbfolio entry 1\n{len(text.encode())}\n{text}".encode()).hexdigest()


def decide(here, random_):
    """Writes decisions about most submitted entries, each in a file that follows the one before."""
    assessor = f"AS-{random_.randint(1, 9)}"
    submitted = []
    for path in (here / "portfolio/entries").glob("*.md"):
        text = path.read_text()
        if "\nstatus: draft\n" not in text:
            submitted.append((datetime.date.fromisoformat(re.search(r"^date: (.*)$", text, re.M)[1]), path.stem, text))
    (here / "portfolio/decisions").mkdir()
    decided, previous = datetime.date.min, ""
    for date, name, text in sorted(submitted):
        # No decision is dated before the one that it follows.
        decided = max(decided, date + datetime.timedelta(days=random_.randint(2, 24)))
        if decided > TODAY:
            break
        if random_.random() < 0.05:
            continue
        verdict = "referred" if random_.random() < (0.4 if assessor == "AS-9" else 0.12) else "accepted"
        codes = re.search(r"^ksbs: \[(.*)\]$", text, re.M)[1].split(", ")
        file = f"version: 1\nassessor: {{ id: {assessor}, role: assessor }}\ndate: {decided}\n{previous}decisions:\n"
        file += f"  - entry: {name}\n    attempt: 1\n    digest: sha256:{digest(text)}\n"
        file += f"    claims: {{ {', '.join(f'{code}: {verdict}' for code in codes)} }}\n    feedback: Read.\n"
        own = hashlib.sha256(file.encode()).hexdigest()
        (here / f"portfolio/decisions/{decided}-{assessor}-{own[:8]}.yaml").write_text(file)
        previous = f"previous: sha256:{own}\n"


OWN_STANDARD = """version: 1
id: ward
title: Ward
official: false
reference: unknown
kinds: [{ id: task, title: Tasks, prefix: W }]
criteria: [{ code: W1, kind: task, text: Hand over }, { code: W2, kind: task, text: Count stock }]
"""


def add_odd(folder, number, random_):
    """Learners of whom not everything is known, from `number` on: their folders, and the ids for the plan."""
    programme = datetime.date(2026, 1, 12), datetime.date(2027, 6, 30), 1
    made = {}
    for name in ("second-standard", "lost-standard", "no-start", "forked", "bare"):
        here = learner(folder, number, programme, 9, random_)
        if name != "bare":
            decide(here, random_)
        made[name] = (here, f"AP-{number:05}")
        number += 1

    def change(name, old, new):
        path = made[name][0] / "portfolio/portfolio.yaml"
        text = path.read_text()
        path.write_text(re.sub(old, new, text, flags=re.M))

    change("second-standard", r"\[st0215\]", "[st0215, ward]")
    here = made["second-standard"][0]
    (here / "standards").mkdir()
    (here / "standards/ward.yaml").write_text(OWN_STANDARD)
    (here / "portfolio/entries/ward.md").write_text(
        "---\ntitle: Ward\ndate: 2026-05-04\ntype: product\nksbs: [W1]\nanonymised: true\n---\n\nI counted the stock with [words](ksb:W2).\n")
    change("lost-standard", r"\[st0215\]", "[nowhere]")
    change("no-start", r"^start: .*\n", "")
    change("bare", r"^reviews: .*\n", "")
    # Two decisions that follow the same one, with different verdicts.
    last = sorted((made["forked"][0] / "portfolio/decisions").glob("*.yaml"))[-1]
    text = re.sub(r"id: AS-\d+", "id: AS-10", last.read_text())
    text = text.replace(": accepted", ": partly").replace(": referred", ": accepted")
    own = hashlib.sha256(text.encode()).hexdigest()
    last.with_name(f"{last.name[:10]}-AS-10-{own[:8]}.yaml").write_text(text)
    (folder / "no-portfolio").mkdir()
    roots = [here for here, _ in made.values()] + [folder / "no-portfolio", folder / "no-folder"]
    # The last is in the plan alone.
    return roots, [id_ for _, id_ in made.values()] + [f"AP-{number:05}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("learners", type=int)
    parser.add_argument("entries", type=int, nargs="?", default=32)
    parser.add_argument("--odd", action="store_true")
    wanted = parser.parse_args()
    random_ = random.Random(20261121)
    programmes = [begin(random_) for _ in range(wanted.learners)]
    numbers = share_out(wanted.entries, [share for _, _, share in programmes])
    assert sum(numbers) == wanted.entries * wanted.learners
    made, ids = [], [f"AP-{number:05}" for number in range(wanted.learners)]
    for number, (programme, entries) in enumerate(zip(programmes, numbers)):
        here = learner(wanted.folder, number, programme, entries, random_)
        decide(here, random_)
        made.append(here)
    if wanted.odd:
        roots, more = add_odd(wanted.folder, wanted.learners, random_)
        made, ids = made + roots, ids + more
        (wanted.folder / "odd").write_text("".join(f"{root}\n" for root in roots))
    plan = ["version: 1", "title: Autumn intake", "second_look_percent: 10", "learners:"]
    for number, id_ in enumerate(ids):
        plan.append(f"  - {{ id: {id_}, tutor: TU-{number % 7}, assessor: AS-{number % 9 + 1}, "
                    f"site: {['North', 'South'][number % 2]}, delivery: {['block-release', 'day-release'][number % 3 // 2]} }}")
    (wanted.folder / "roots.txt").write_text("".join(f"{here}\n" for here in made))
    (wanted.folder / "cohort.yaml").write_text("\n".join(plan) + "\n")


if __name__ == "__main__":
    main()
