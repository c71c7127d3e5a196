#!/usr/bin/env python3
"""Runs report.sql on DuckDB and Spark over the rows of generated learners, and judges the same learners on Spark: every
answer has to be the program's own.

    tests/cohort/engines.py PROGRAM [LEARNERS]

Some of the learners are odd ones: a second standard, one that is not known, no start, a fork in the decisions, nothing decided,
and folders without a portfolio. The queries of version 1.0 run on the rows of today, and all queries on tables without rows.

Needs duckdb, frictionless with jsonschema, pyspark and pandas (tests/full.txt), and Java 17. The rows are also validated
against their own data package. Spark runs here, with two executors as processes of their own, one of which is killed while it works; then the job
of judge_on_spark.py runs as it is, also with a program that fails.
"""

import csv
import hashlib
import hmac
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import duckdb
import frictionless
import jsonschema
import pandas
import pyspark
from pyspark.sql import SparkSession

from judge_on_spark import judge
from tables import open_with_duckdb, open_with_spark

HERE = Path(__file__).resolve().parent
AS_OF = "2026-11-21"
KEY = "a key of this test alone, 32 bytes"


def statements(path="report.sql"):
    """The name and the text of each statement of a file of SQL."""
    for part in (HERE / path).read_text(encoding="utf-8").split("\n;\n"):
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
    program, number = str(Path(sys.argv[1]).resolve()), sys.argv[2] if len(sys.argv) > 2 else "200"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = folder / "key"
        key.write_text(KEY)
        subprocess.run([HERE / "generate.py", folder / "in", number, "--odd"], check=True)
        everyone = [program, "--as-of", AS_OF, "cohort", "--roots", folder / "in/roots.txt", "--plan", folder / "in/cohort.yaml",
                    "--key", key, "--format"]
        # The last odd learner has no decisions and no reviews.
        odd = [root for root in (folder / "in/odd").read_text().splitlines() if "learner-" in root]
        (folder / "bare").write_text(f"{odd[-1]}\n")
        bare = [program, "--as-of", AS_OF, "cohort", "--roots", folder / "bare", "--key", key, "--format"]
        made, tables = {}, {"data": everyone, "bare-data": bare}
        for data, arguments in tables.items():
            run(*arguments, "jsonl", "--output", folder / data)
            report = frictionless.validate(str(folder / data / "datapackage.json"))
            # Frictionless itself cannot read a file without lines.
            wrong = [task for task in report.tasks if not task.valid and (folder / data / task.place).stat().st_size]
            assert not wrong, [task.errors[:5] for task in wrong]
            with duckdb.connect() as database:
                open_with_duckdb(database, folder / data)
                made[data] = {title: database.execute(text).fetchall() for title, text in statements()}
                old = {title: database.execute(text).fetchall() for title, text in statements("version-1.0/report.sql")}
            compare_with_program(data, made[data], arguments)
            compare_with_old(data, made[data], old)
        expect_odd(folder / "data")
        assert all(made["data"].values()), "a question has no answer"
        for empty in ("decisions", "reviews"):
            assert not (folder / f"bare-data/{empty}.jsonl").read_text(), f"{empty} has rows"
        spark = start_spark("local-cluster[2,1,1024]")
        for data in tables:
            compare_with_duckdb(spark, folder / data, made[data])
        roots = (folder / "in/roots.txt").read_text().splitlines()
        alone = judge_alone(program, str(key), roots)
        compare_judging(spark, program, str(key), roots, alone)
        spark.stop()
        compare_job(folder, program, str(key), alone)


def run(*command):
    """What the program writes. 1: not every portfolio is judged in full."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def expect_odd(data):
    """The odd learners are in the rows, so every answer has them."""
    def rows(table):
        return [json.loads(line) for line in (data / f"{table}.jsonl").read_text().splitlines()]
    learners = rows("learners")
    assert sum(not one["judged"] for one in learners) == 3, "two folders without a portfolio, and a learner of the plan"
    assert any(one["chain"] == "forked" and one["contested"] for one in learners)
    assert any(one["judged"] and one["criteria"] == 0 for one in learners), "a standard is not known"
    assert any(one["accepted"] for one in learners), "no decision accepts anything"
    assert {one["standard"] for one in rows("states")} == {"st0215", "ward"}


def compare_with_program(data, made, arguments):
    """DuckDB's results against the reports of `cohort` as CSV and JSON."""
    table, document = run(*arguments, "csv"), json.loads(run(*arguments, "json"))
    columns = ["Learner", "Criteria", "Evidenced", "Accepted", "Hours", "Submitted entries", "Private entries", "Drafts", "Reviews",
               "Last review", "Errors", "Warnings", "Notes", "Waiting entries", "Colour"]
    own = [[row[column] for column in columns] for row in csv.DictReader(io.StringIO(table))]
    compare(f"{data}: risk list", made["risk list"], own)
    own = [[one["assessor"], one["decisions"], one["sent_back"], one["days_median"], one["days_p90"]] for one in document["assessors"]]
    compare(f"{data}: assessors", made["assessors"], own)
    heat, apart, stages, waiting = Counter(), Counter(), Counter(), {}
    for learner in document["learners"]:
        stages[learner.get("stage"), learner["colour"]] += 1
        for standard in learner.get("standards", []):
            states = [one for one in standard["criteria"].items() if one[1] != "waived"]
            heat.update((standard["id"], *one) for one in states)
            apart.update((standard["id"], standard["version"], standard["updated"], *one) for one in states)
        if learner.get("waiting", {}).get("entries"):
            waiting.setdefault(learner["tutor"], []).append((learner["waiting"]["entries"], learner["waiting"]["days"]))
    for name, counts in [("heat map", heat), ("heat map by version", apart)]:
        compare(f"{data}: {name}", made[name], [[*key, count] for key, count in counts.items()])
    compare(f"{data}: summary", made["summary"], [[*key, count] for key, count in stages.items()])
    own = [[tutor, len(all_), sum(entries for entries, _ in all_), max((days for _, days in all_ if days is not None), default=None)]
           for tutor, all_ in waiting.items()]
    compare(f"{data}: waiting by tutor", made["waiting by tutor"], own)


def compare_with_old(data, made, old):
    """Questions of version 1.0 left learners out; what they answer is the same."""
    assert old.keys() <= made.keys(), old.keys()
    for title in ("heat map", "assessors", "waiting by tutor"):
        if digest(old[title]) != digest(made[title]):
            sys.exit(f"{data}: {title}: the query of version 1.0 has another answer")
    # Its hours were the sum of months, of which there are none without a start.
    hours = 4
    kept = Counter(tuple(map(plain, row[:hours] + row[hours + 1:])) for row in made["risk list"])
    assert Counter(tuple(map(plain, row[:hours] + row[hours + 1:])) for row in old["risk list"]) <= kept, "risk list"
    print(f"{data}: the queries of version 1.0 have the same answers")


def judge_alone(program, key, roots):
    """The rows of one run over all folders."""
    command = [program, "--as-of", AS_OF, "cohort", "--roots", "-", "--key", key, "--format", "jsonl"]
    return subprocess.run(command, input="\n".join(roots) + "\n", capture_output=True, text=True, check=False).stdout.splitlines()


def compare_job(folder, program, key, alone):
    """The job itself, run as a program; and a folder on which the program fails."""
    def judge_all(program, output):
        roots = folder / "in/roots.txt"
        subprocess.run([sys.executable, HERE / "judge_on_spark.py", program, key, AS_OF, roots, folder / output], check=True,
                       stderr=subprocess.DEVNULL)
        parts = sorted((folder / output).glob("part-*"))
        return [line for part in parts for line in part.read_text(encoding="utf-8").splitlines()]

    check("the job", judge_all(program, "job"), alone)
    failing = folder / "failing"
    failing.write_text(f"""#!/bin/sh
read -r root
case $root in */learner-00003) echo "$root cannot be read" >&2; exit 70;; esac
echo "$root" | {program} "$@"
""")
    failing.chmod(0o755)
    lines = judge_all(failing, "failing-job")
    failed = [json.loads(line) for line in lines if json.loads(line)["table"] == "failed"]
    root = hmac.new(KEY.encode(), str(folder / "in/learner-00003").encode(), hashlib.sha256).hexdigest()
    assert failed == [{"table": "failed", "root": root, "code": 70}], failed
    assert not any("learner-0" in line or "cannot be read" in line for line in lines), "a folder is named"
    schema = jsonschema.Draft202012Validator(json.loads((folder / "data/schema.json").read_text()))
    for line in lines:
        schema.validate(json.loads(line))
    assert [json.loads(line)["code"] for line in judge(str(folder / "nothing"), key, AS_OF, "a")] == [127]
    print(f"a job with a failing program: {len(lines)} rows, one of them says so")


def start_spark(master):
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ["PYTHONPATH"] = str(HERE)
    builder = SparkSession.builder.master(master).appName("ksbfolio").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "4").config("spark.ui.showConsoleProgress", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def compare_with_duckdb(spark, data, made):
    """The same statements on the same rows."""
    open_with_spark(spark, data)
    for title, text in statements():
        if digest(map(tuple, spark.sql(text).collect())) != digest(made[title]):
            sys.exit(f"{data.name}: {title}: DuckDB and Spark differ")
        print(f"{data.name}: {title}: the same on Spark")
    for _, text in statements("version-1.0/report.sql"):
        spark.sql(text).collect()


def compare_judging(spark, program, key, roots, alone):
    """The rows of one run over all learners against those of Spark's tasks."""
    command = [program, "--as-of", AS_OF, "cohort", "--roots", "-", "--key", key, "--format", "jsonl"]
    context = spark.sparkContext
    check("flatMap", context.parallelize(roots, 8).flatMap(lambda root: judge(program, key, AS_OF, root)).collect(), alone)
    check("pipe", context.parallelize(roots, 8).pipe(" ".join(command)).collect(), alone)
    frame = spark.createDataFrame([(root,) for root in roots], "root string").repartition(8)
    rows = frame.mapInPandas(judge_frames(program, key), "line string").collect()
    check("mapInPandas", [row.line for row in rows], alone)
    slow = context.parallelize(roots, 32).flatMap(lambda root: time.sleep(0.05) or judge(program, key, AS_OF, root))
    killed = []
    killer = threading.Thread(target=kill_an_executor, args=[killed])
    killer.start()
    survived = slow.collect()
    killer.join()
    assert killed, "no executor was killed"
    check("one executor killed", survived, alone)


def judge_frames(program, key):
    def judge_all(frames):
        for frame in frames:
            lines = [line for root in frame["root"] for line in judge(program, key, AS_OF, root)]
            yield pandas.DataFrame({"line": lines})
    return judge_all


def kill_an_executor(killed):
    """Kills one of the executors that this run started."""
    time.sleep(3)
    processes = [str(os.getpid())]
    while processes and not killed:
        listed = subprocess.run(["pgrep", "-a", "-P", ",".join(processes)], capture_output=True, text=True, check=False).stdout
        for line in listed.splitlines():
            if "CoarseGrainedExecutorBackend" in line:
                os.kill(int(line.split()[0]), signal.SIGKILL)
                killed.append(line)
                return
        processes = [line.split()[0] for line in listed.splitlines()]


def check(title, lines, alone):
    """Learners come in any order. Each run of the program also says which criteria there are."""
    failed = [line for line in lines if json.loads(line)["table"] == "failed"]
    if failed:
        sys.exit(f"{title}: {failed[0]}")
    ours, theirs = count_rows(lines), count_rows(alone)
    if ours != theirs:
        sys.exit(f"{title}: missing {list((theirs - ours).elements())[:1]}, new {list((ours - theirs).elements())[:1]}")
    print(f"{title}: {len(lines)} rows, the same as alone")


def count_rows(lines):
    criteria = {line for line in lines if json.loads(line)["table"] == "criteria"}
    return Counter(criteria) + Counter(line for line in lines if line not in criteria)


def compare(title, made, own):
    if digest(made) != digest(own):
        lines = [sorted("|".join(map(plain, row)) for row in rows) for rows in (made, own)]
        for a, b in list(zip(*lines)):
            if a != b:
                sys.exit(f"{title} differs:\n  SQL     {a}\n  program {b}")
        sys.exit(f"{title}: {len(made)} rows by SQL, {len(own)} by the program")
    print(f"{title}: {len(made)} rows, {digest(made)[:16]}")


if __name__ == "__main__":
    main()
