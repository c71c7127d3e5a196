#!/usr/bin/env python3
"""Writes a portfolio of realistic entries, the same for the same seed.

    tests/bench/generate.py --entries 1000 --words 700 --seed 1 --out FOLDER

Every entry is a reflection in Gibbs' six stages with passages linked to codes; one in ten has a block of code.
"""

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

STAGES = ["Description", "Feelings", "Evaluation", "Analysis", "Conclusion", "Action plan"]
WHO = ["the patient", "a gentleman in his eighties", "the staff nurse", "her daughter", "the physiotherapist",
       "a new support worker", "the ward sister", "a woman recovering from a fall", "the pharmacist", "a visitor"]
DID = ["asked for a second check", "read the chart again", "raised the head of the bed", "rang the outreach team",
       "wrote down the time", "waited for an answer", "moved the table within reach", "explained the next step",
       "counted the breaths for a full minute", "took the cuff off and began anew"]
WHY = ["because the score had gone up since breakfast", "because nobody had asked", "as the policy says",
       "although the bay was short of staff", "before anybody else had noticed", "so that the night team would know",
       "which was not what I had been taught", "and that changed the plan", "after I had said what I saw",
       "since the reading did not fit the face"]
FELT = ["I felt slow", "I was relieved", "I was sure, and wrong", "I was glad of the checklist",
        "I had not thought of that", "I wanted to be told that it was fine", "I was cross with myself"]


def sentence(rng):
    form = rng.randrange(4)
    if form == 0:
        return f"I {rng.choice(DID)} {rng.choice(WHY)}."
    if form == 1:
        return f"{rng.choice(WHO).capitalize()} {rng.choice(DID)}, and {rng.choice(FELT)}."
    if form == 2:
        return f"{rng.choice(FELT)} when {rng.choice(WHO)} {rng.choice(DID)} {rng.choice(WHY)}."
    return f"Later {rng.choice(WHO)} said that I {rng.choice(DID)} {rng.choice(WHY)}."


def stage(rng, words, codes):
    paragraphs, paragraph, count = [], [], 0
    while count < words:
        text = sentence(rng)
        count += len(text.split())
        if codes and rng.random() < 0.3:
            text = f"[{text[:-1]}](ksb:{codes.pop()})."
        paragraph.append(text)
        if len(paragraph) == 6:
            paragraphs.append(" ".join(paragraph))
            paragraph = []
    paragraphs.append(" ".join(paragraph))
    return "\n\n".join(part for part in paragraphs if part)


def entry(rng, number, words, all_codes):
    codes = rng.sample(all_codes, 4)
    written = date(2025, 9, 1) + timedelta(days=rng.randrange(440))
    head = "\n".join([
        "---", f"title: Shift {number}, {rng.choice(DID)}", f"date: {written}",
        f"event_date: {written - timedelta(days=rng.randrange(1, 6))}", "type: reflection", "model: gibbs",
        "status: submitted", f"id: entry-{number}", f"ksbs: [{', '.join(codes)}]",
        f"hours: {rng.choice([0.5, 1, 1.5, 2])}", "anonymised: true", "---", ""])
    left = codes[:]
    parts = [f"## {name}\n\n{stage(rng, words // len(STAGES), left)}\n" for name in STAGES]
    if number % 10 == 0:
        rows = ", ".join(str(rng.randrange(60, 120)) for _ in range(6))
        parts[3] += f"\n```python\npulse = [{rows}]\nmean = sum(pulse) / len(pulse)  # beats a minute\nprint(round(mean))\n```\n"
    return head + "\n" + "\n".join(parts)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--entries", type=int, default=1000)
    arguments.add_argument("--words", type=int, default=700)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    folder = options.out / "portfolio"
    (folder / "entries").mkdir(parents=True)
    (folder / "portfolio.yaml").write_text(
        "version: 1\ntitle: Benchmark\nlearner: { id: BENCH }\nstandards: [st0215]\nstart: 2025-09-01\n"
        "planned_end: 2027-02-28\n", encoding="utf-8")
    codes = [f"K{n}" for n in range(1, 37)] + [f"S{n}" for n in range(1, 34)] + ["B1", "B2", "B3"]
    for number in range(1, options.entries + 1):
        path = folder / "entries" / f"entry-{number:06}.md"
        path.write_text(entry(rng, number, options.words, codes), encoding="utf-8")


main()
