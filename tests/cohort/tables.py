"""Opens the tables of a dataset with the columns that datapackage.json gives them.

An engine that guesses columns finds none in a table without rows, and fails on the first query that names one.
"""

import json
from pathlib import Path

DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
SPARK = {"string": "STRING", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def list_tables(data, types):
    """The name, the file, and the columns with their types, of each table in the folder `data`."""
    package = json.loads((Path(data) / "datapackage.json").read_text(encoding="utf-8"))
    for table in package["resources"]:
        yield table["name"], str(Path(data) / table["path"]), {
            field["name"]: types[field["type"]] for field in table["schema"]["fields"]}


def open_with_duckdb(database, data):
    for name, path, columns in list_tables(data, DUCKDB):
        database.execute(f"CREATE VIEW {name} AS SELECT * FROM read_json('{path}', format='newline_delimited', columns={columns})")


def open_with_spark(spark, data):
    for name, path, columns in list_tables(data, SPARK):
        schema = ", ".join(f"`{field}` {kind}" for field, kind in columns.items())
        spark.read.schema(schema).json(path).createOrReplaceTempView(name)
