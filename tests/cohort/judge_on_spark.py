#!/usr/bin/env python3
"""Judges learners on Spark: each folder goes through the one program, and its rows come back.

    judge_on_spark.py PROGRAM KEY AS_OF ROOTS OUTPUT        for spark-submit, or alone with pyspark installed

PROGRAM and KEY are where every worker finds them. A program that fails gives a row of the table `failed`, never a missing
learner; its messages go to the worker's log, because they name folders. A task has a pipe of its own: parallel writers into one
pipe would interleave rows, and still end well.
"""

import hashlib
import hmac
import json
import subprocess
import sys
from pathlib import Path

from pyspark.sql import SparkSession


def judge(program, key, as_of, root):
    """The rows of one learner, as lines of JSON."""
    command = [program, "--as-of", as_of, "cohort", "--roots", "-", "--key", key, "--format", "jsonl"]
    try:
        run = subprocess.run(command, input=f"{root}\n", stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    except OSError as error:
        print(error, file=sys.stderr)
        return [describe_failure(key, root, 127)]
    # 1: something in the portfolio is wrong, and a row says so.
    if run.returncode in (0, 1) and run.stdout:
        return run.stdout.splitlines()
    return [describe_failure(key, root, run.returncode)]


def describe_failure(key, root, code):
    """The row of a folder on which the program failed, under the same key as the others."""
    secret = Path(key).read_bytes().rstrip(b"\r\n")
    return json.dumps({"table": "failed", "root": hmac.new(secret, root.encode(), hashlib.sha256).hexdigest(), "code": code})


def main():
    program, key, as_of, roots, output = sys.argv[1:]
    spark = SparkSession.builder.appName("ksbfolio").getOrCreate()
    folders = spark.sparkContext.textFile(roots)
    folders = folders.repartition(2 * spark.sparkContext.defaultParallelism)
    folders.flatMap(lambda root: judge(program, key, as_of, root)).saveAsTextFile(output)
    spark.stop()


if __name__ == "__main__":
    main()
