#!/usr/bin/env python3
"""Runs report.sql on DuckDB over the rows of generated learners, and compares it with the program's own reports.

    tests/cohort/duckdb_report.py PROGRAM [LEARNERS]

Needs duckdb and frictionless (tests/full.txt). The rows are also validated against their own data package.
"""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import frictionless

HERE = Path(__file__).resolve().parent


def statements():
    """The name and the text of each statement of report.sql."""
    for part in (HERE / "report.sql").read_text(encoding="utf-8").split("\n;\n"):
        found = re.search(r"^-- ([a-z ]+?)(?::.*)?\n(?!--)", part, re.M)
        if found:
            yield found[1], part


def plain(value):
    if value is None or value == "":
        return ""
    try:
        return f"{float(str(value)):.2f}".rstrip("0").rstrip(".")
    except ValueError:
        return str(value)


def digest(rows):
    text = "\n".join(sorted("|".join(map(plain, row)) for row in rows))
    return hashlib.sha256(text.encode()).hexdigest()


def main():
    program, number = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "200"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "key").write_text("a key of this test alone, 32 bytes")
        subprocess.run([HERE / "generate.py", folder / "in", number, "--program", program], check=True)
        arguments = [program, "--as-of", "2026-11-21", "cohort", "--roots", folder / "in/roots.txt", "--plan", folder / "in/cohort.yaml",
                     "--key", folder / "key", "--format"]
        subprocess.run([*arguments, "jsonl", "--output", folder / "data"], check=True)
        table = subprocess.run([*arguments, "csv"], check=True, capture_output=True, text=True).stdout
        document = json.loads(subprocess.run([*arguments, "json"], check=True, capture_output=True, text=True).stdout)

        report = frictionless.validate(str(folder / "data/datapackage.json"))
        assert report.valid, report.flatten(["type", "note"])[:5]

        database = duckdb.connect()
        for path in sorted((folder / "data").glob("*.jsonl")):
            if path.stat().st_size:
                database.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_json('{path}', format='newline_delimited')")
        made = {title: database.execute(text).fetchall() for title, text in statements()}

        columns = ["Learner", "Criteria", "Evidenced", "Accepted", "Hours", "Submitted entries", "Private entries", "Drafts", "Reviews",
                   "Last review", "Errors", "Warnings", "Notes", "Waiting entries", "Colour"]
        own = [[row[column] for column in columns] for row in csv.DictReader(io.StringIO(table))]
        compare("risk list", made["risk list"], own)
        own = [[one["assessor"], one["decisions"], one["sent_back"], one["days_median"], one["days_p90"]] for one in document["assessors"]]
        compare("assessors", made["assessors"], own)
        heat = {}
        for learner in document["learners"]:
            for standard in learner["standards"]:
                for code, state in standard["criteria"].items():
                    key = (standard["id"], code, state)
                    heat[key] = heat.get(key, 0) + 1
        compare("heat map", made["heat map"], [[*key, count] for key, count in heat.items() if key[2] != "waived"])
        stages = {}
        for learner in document["learners"]:
            key = (learner["stage"], learner["colour"])
            stages[key] = stages.get(key, 0) + 1
        compare("summary", made["summary"], [[*key, count] for key, count in stages.items()])


def compare(title, made, own):
    assert made, f"{title} is empty"
    if digest(made) != digest(own):
        lines = [sorted("|".join(map(plain, row)) for row in rows) for rows in (made, own)]
        for a, b in list(zip(*lines)):
            if a != b:
                sys.exit(f"{title} differs:\n  SQL     {a}\n  program {b}")
        sys.exit(f"{title}: {len(made)} rows by SQL, {len(own)} by the program")
    print(f"{title}: {len(made)} rows, {digest(made)[:16]}")


if __name__ == "__main__":
    main()
