#!/usr/bin/env python3
"""Measures `cohort` in every format, and `sample`, at two numbers of generated learners: memory may hardly grow, and CPU only with
their number.

    tests/cohort/measure.py PROGRAM [FEW MANY]        100 and 2,000 unless asked otherwise
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# ms of CPU a learner.
MOST_CPU = 14.0
# Peak memory in MB, and its growth from FEW to MANY. JSON, pages and workbooks are documents that are made whole before they are
# written, and `sample` draws from all pieces at once: they grow with the learners.
ROWS, WHOLE = (64.0, 1.2), (96.0, None)
BARS = {"text": ROWS, "csv": ROWS, "jsonl": ROWS, "json": WHOLE, "xlsx": WHOLE, "html": WHOLE, "sample": WHOLE}


def measure(command):
    """Peak memory in MB, and CPU time in ms."""
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    # 1: findings, such as a sample that is not looked at yet.
    assert process.returncode in (0, 1), command[:6]
    return usage.ru_maxrss / 1024, 1000 * (usage.ru_utime + usage.ru_stime)


def main():
    program = Path(sys.argv[1]).resolve()
    few, many = map(int, sys.argv[2:4] or (100, 2000))
    failed = False
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([HERE / "generate.py", name, str(many)], check=True)
        roots = (Path(name) / "roots.txt").read_text().splitlines()
        (Path(name) / "few.txt").write_text("".join(f"{root}\n" for root in roots[:few]))
        key = Path(name) / "key"
        key.write_text("a key of this test alone, 32 bytes")
        at = [program, "--as-of", "2026-11-21"]
        for what, (most, growth) in BARS.items():
            if what == "sample":
                commands = [[*at, "sample", *roots[:few]], [*at, "sample", *roots]]
            else:
                keyed = ["--key", key] if what == "jsonl" else []
                commands = [[*at, "cohort", "--roots", f"{name}/{file}", "--format", what, *keyed] for file in ("few.txt", "roots.txt")]
            (small, _), (large, cpu) = map(measure, commands)
            over = large > most or (growth and large > growth * small) or (what != "sample" and cpu / many > MOST_CPU)
            failed |= bool(over)
            print(f"{what}: {small:.0f} MB for {few} learners, {large:.0f} MB for {many}, {cpu / many:.1f} ms of CPU a learner"
                  + (" (over a bar)" if over else ""))
    sys.exit("over a bar" if failed else 0)


if __name__ == "__main__":
    main()
