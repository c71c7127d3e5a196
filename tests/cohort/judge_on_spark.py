#!/usr/bin/env python3
"""Judges learners on Spark: each folder goes through the one program, and its rows come back.

    judge_on_spark.py PROGRAM KEY AS_OF ROOTS OUTPUT        for spark-submit, or alone with pyspark installed

PROGRAM and KEY are where every worker finds them. A program that fails gives a row that says so, never a missing learner.
A task has a pipe of its own: parallel writers into one pipe would interleave rows, and still end well.
"""

import json
import subprocess
import sys

from pyspark.sql import SparkSession


def judge(program, key, as_of, root):
    """The rows of one learner, as lines of JSON."""
    command = [program, "--as-of", as_of, "cohort", "--roots", "-", "--key", key, "--format", "jsonl"]
    run = subprocess.run(command, input=f"{root}\n", capture_output=True, text=True, check=False)
    # 1: something in the portfolio is wrong, and a row says so.
    if run.returncode in (0, 1) and run.stdout:
        return run.stdout.splitlines()
    return [json.dumps({"table": "failed", "root": root, "code": run.returncode, "message": run.stderr.strip()[-400:]})]


def main():
    program, key, as_of, roots, output = sys.argv[1:]
    spark = SparkSession.builder.appName("ksbfolio").getOrCreate()
    folders = spark.sparkContext.textFile(roots)
    folders = folders.repartition(2 * spark.sparkContext.defaultParallelism)
    folders.flatMap(lambda root: judge(program, key, as_of, root)).saveAsTextFile(output)
    spark.stop()


if __name__ == "__main__":
    main()
