#!/usr/bin/env python3
"""Runs report.sql on DuckDB and Spark over the rows of generated learners, and judges the same learners on Spark: every
answer has to be the program's own.

    tests/cohort/engines.py PROGRAM [LEARNERS]

Needs duckdb, frictionless, pyspark and pandas (tests/full.txt), and Java 17. The rows are also validated against their own
data package. Spark runs here, with two executors as processes of their own, one of which is killed while it works.
"""

import csv
import hashlib
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
import pandas
import pyspark
from pyspark.sql import SparkSession

from judge_on_spark import judge

HERE = Path(__file__).resolve().parent
AS_OF = "2026-11-21"


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
    program, number = str(Path(sys.argv[1]).resolve()), sys.argv[2] if len(sys.argv) > 2 else "200"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = folder / "key"
        key.write_text("a key of this test alone, 32 bytes")
        subprocess.run([HERE / "generate.py", folder / "in", number], check=True)
        arguments = [program, "--as-of", AS_OF, "cohort", "--roots", folder / "in/roots.txt", "--plan", folder / "in/cohort.yaml",
                     "--key", key, "--format"]
        subprocess.run([*arguments, "jsonl", "--output", folder / "data"], check=True)
        report = frictionless.validate(str(folder / "data/datapackage.json"))
        assert report.valid, report.flatten(["type", "note"])[:5]

        database = duckdb.connect()
        for path in tables(folder / "data"):
            database.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_json('{path}', format='newline_delimited')")
        made = {title: database.execute(text).fetchall() for title, text in statements()}
        compare_with_program(made, arguments)
        spark = start_spark("local-cluster[2,1,1024]")
        compare_with_duckdb(spark, folder / "data", made)
        roots = [*(folder / "in/roots.txt").read_text().splitlines(), f"{folder}/nothing-here"]
        compare_judging(spark, program, str(key), roots)
        spark.stop()


def tables(data):
    return [path for path in sorted(data.glob("*.jsonl")) if path.stat().st_size]


def compare_with_program(made, arguments):
    """DuckDB's results against the reports of `cohort` as CSV and JSON."""
    table = subprocess.run([*arguments, "csv"], check=True, capture_output=True, text=True).stdout
    document = json.loads(subprocess.run([*arguments, "json"], check=True, capture_output=True, text=True).stdout)
    columns = ["Learner", "Criteria", "Evidenced", "Accepted", "Hours", "Submitted entries", "Private entries", "Drafts", "Reviews",
               "Last review", "Errors", "Warnings", "Notes", "Waiting entries", "Colour"]
    own = [[row[column] for column in columns] for row in csv.DictReader(io.StringIO(table))]
    assert sum(int(row[3]) for row in own), "no decision accepts anything"
    compare("risk list", made["risk list"], own)
    own = [[one["assessor"], one["decisions"], one["sent_back"], one["days_median"], one["days_p90"]] for one in document["assessors"]]
    compare("assessors", made["assessors"], own)
    heat, apart = {}, {}
    for learner in document["learners"]:
        for standard in learner["standards"]:
            for code, state in standard["criteria"].items():
                key = (standard["id"], code, state)
                heat[key] = heat.get(key, 0) + 1
                key = (standard["id"], standard["version"], standard["updated"], code, state)
                apart[key] = apart.get(key, 0) + 1
    for name, counts in [("heat map", heat), ("heat map by version", apart)]:
        compare(name, made[name], [[*key, count] for key, count in counts.items() if key[-1] != "waived"])
    stages = {}
    for learner in document["learners"]:
        key = (learner["stage"], learner["colour"])
        stages[key] = stages.get(key, 0) + 1
    compare("summary", made["summary"], [[*key, count] for key, count in stages.items()])


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
    for path in tables(data):
        spark.read.json(str(path)).createOrReplaceTempView(path.stem)
    for title, text in statements():
        if digest(map(tuple, spark.sql(text).collect())) != digest(made[title]):
            sys.exit(f"{title}: DuckDB and Spark differ")
        print(f"{title}: the same on Spark")


def compare_judging(spark, program, key, roots):
    """The rows of one run over all learners against those of Spark's tasks."""
    command = [program, "--as-of", AS_OF, "cohort", "--roots", "-", "--key", key, "--format", "jsonl"]
    run = subprocess.run(command, input="\n".join(roots) + "\n", capture_output=True, text=True, check=False)
    alone = run.stdout.splitlines()
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
