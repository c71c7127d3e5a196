#!/usr/bin/env python3
"""Writes the portfolios of invented learners, the same each time.

    tests/cohort/generate.py FOLDER LEARNERS [ENTRIES]

Each learner has entries on ST0215 (32 unless asked otherwise), decisions about most of them by one of nine assessors,
reviews and hours. FOLDER gets a folder for each learner, `roots.txt` and `cohort.yaml`.
"""

import argparse
import datetime
import random
import re
import subprocess
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


def decide(here, program, random_):
    """Files decisions about most entries with the program itself, which writes the digests."""
    assessor = f"AS-{random_.randint(1, 9)}"
    entries = sorted((here / "portfolio/entries").glob("*.md"))
    for path in entries:
        date = datetime.date.fromisoformat(re.search(r"^date: (.*)$", path.read_text(), re.M)[1])
        if (TODAY - date).days < random_.choice([5, 10, 10, 40]):
            continue
        verdict = "--refer" if random_.random() < (0.4 if assessor == "AS-9" else 0.12) else "--accept"
        subprocess.run([program, "--root", here, "--as-of", str(TODAY), "assess", path.stem, "--as", assessor, verdict, "all",
                        "--feedback", "Read."], capture_output=True, check=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("learners", type=int)
    parser.add_argument("entries", type=int, nargs="?", default=32)
    parser.add_argument("--program", help="files decisions with this program")
    wanted = parser.parse_args()
    random_ = random.Random(20261121)
    made, plan = [], ["version: 1", "title: Autumn intake", "second_look_percent: 10", "learners:"]
    for number in range(wanted.learners):
        here = learner(wanted.folder, number, wanted.entries, random_)
        if wanted.program:
            decide(here, wanted.program, random_)
        made.append(here)
        plan.append(f"  - {{ id: AP-{number:05}, tutor: TU-{number % 7}, assessor: AS-{number % 9 + 1}, "
                    f"site: {['North', 'South'][number % 2]}, delivery: {['block-release', 'day-release'][number % 3 // 2]} }}")
    (wanted.folder / "roots.txt").write_text("".join(f"{here}\n" for here in made))
    (wanted.folder / "cohort.yaml").write_text("\n".join(plan) + "\n")


if __name__ == "__main__":
    main()
