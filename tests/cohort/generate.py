#!/usr/bin/env python3
"""Writes the portfolios of invented learners, the same each time.

    tests/cohort/generate.py FOLDER LEARNERS [ENTRIES]

Each learner has entries on ST0215 (32 unless asked otherwise), decisions about most of them by one of nine assessors,
reviews and hours. FOLDER gets a folder for each learner, `roots.txt` and `cohort.yaml`.
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


def learner(folder, number, entries, random_):
    start = day(random_, datetime.date(2025, 6, 1), datetime.date(2026, 11, 1))
    end = start + datetime.timedelta(days=random_.choice([420, 500, 560]))
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
    share = random_.choice([0.5, 0.9, 1, 1]) * min(1, (last - start).days / 300)
    for at in range(int(entries * share)):
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("learners", type=int)
    parser.add_argument("entries", type=int, nargs="?", default=32)
    wanted = parser.parse_args()
    random_ = random.Random(20261121)
    made, plan = [], ["version: 1", "title: Autumn intake", "second_look_percent: 10", "learners:"]
    for number in range(wanted.learners):
        here = learner(wanted.folder, number, wanted.entries, random_)
        decide(here, random_)
        made.append(here)
        plan.append(f"  - {{ id: AP-{number:05}, tutor: TU-{number % 7}, assessor: AS-{number % 9 + 1}, "
                    f"site: {['North', 'South'][number % 2]}, delivery: {['block-release', 'day-release'][number % 3 // 2]} }}")
    (wanted.folder / "roots.txt").write_text("".join(f"{here}\n" for here in made))
    (wanted.folder / "cohort.yaml").write_text("\n".join(plan) + "\n")


if __name__ == "__main__":
    main()
