#!/usr/bin/env python3
"""Tries the kit of docs/providers.md on bare git repositories.

    tests/cohort/kit.py PROGRAM [GITLAB_CI_LOCAL]

A provider, a template and two learners have a bare repository each. What is proposed on a branch is merged only if the jobs
pass in a clean clone: `required.sh` as the page prints it, and the pipeline that `init --ci` wrote. Every step of GitHub's and
Forgejo's pipeline is run with bash, but for GitHub's actions; GitLab's with gitlab-ci-local if its path is given. Needs git,
jq, rsync, ssh-keygen and PyYAML.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "docs/providers.md"
PIPELINES = {"github": ".github/workflows/portfolio.yml", "gitlab": ".gitlab-ci.yml", "forgejo": ".forgejo/workflows/portfolio.yml"}
ENTRY = """---
title: {title}
date: 2026-11-10
type: product
ksbs: [{code}]
anonymised: true
---

I wrote about [what changed on the ward](ksb:{code}) and why.
"""
ENVIRONMENT = {
    **os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
}


def run(*command, cwd=None, code=0, env=None):
    """What a command prints; `code` is the exit code that is expected, or None for any."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, env={**ENVIRONMENT, **(env or {})}, capture_output=True, text=True, check=False)
    if code is not None and done.returncode != code:
        sys.exit(f"{command}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
    return done


def scripts():
    """The scripts of the page by name."""
    blocks = re.findall(r"^ *```sh\n( *# ([a-z]+\.sh)\b.*?)^ *```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    return {name: textwrap.dedent(text) for text, name in blocks}


class Forge:
    """Bare repositories in a folder, and what people do with them."""

    def __init__(self, folder, program):
        self.folder, self.program, self.number = folder, program, 0
        self.forge = folder / "forge"
        self.environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", "forge": str(self.forge)}

    def create(self, name):
        run("git", "init", "-q", "--bare", "-b", "main", self.forge / f"{name}.git")

    def clone(self, name, branch="main"):
        self.number += 1
        here = self.folder / f"clone-{self.number}"
        run("git", "clone", "-q", self.forge / f"{name}.git", here)
        run("git", "checkout", "-q", branch, cwd=here, code=None)
        return here

    def ksbfolio(self, here, *words, code=0):
        return run(self.program, *words, cwd=here, code=code)

    def push(self, here, branch="main", message="change", force=False):
        run("git", "add", "-A", cwd=here)
        run("git", "commit", "-q", "--allow-empty", "-m", message, cwd=here)
        run("git", "push", "-q", *(["--force"] if force else []), "origin", f"HEAD:refs/heads/{branch}", cwd=here)

    def propose(self, learner, change, branch="proposed", parent="main"):
        """Pushes what `change` does to a clone, as a branch."""
        here = self.clone(learner, parent)
        change(here)
        self.push(here, branch, force=True)

    def judge(self, learner, branch="proposed"):
        """What the required job says of a branch: exit code and words."""
        here, provider = self.clone(learner, branch), self.clone("provider")
        done = run("bash", "-c", scripts()["required.sh"], "required.sh", learner, cwd=here, code=None,
                   env={**self.environment, "provider": str(provider)})
        return done.returncode, done.stdout + done.stderr

    def merge(self, learner, branch="proposed"):
        here = self.clone(learner)
        run("git", "merge", "-q", "--no-edit", f"origin/{branch}", cwd=here)
        run("git", "push", "-q", "origin", "HEAD:main", cwd=here)

    def nightly(self):
        """Runs the nightly job, and pushes the heads that it recorded."""
        here = self.clone("provider")
        done = run("bash", "-c", scripts()["nightly.sh"], "nightly.sh", cwd=here, code=None, env=self.environment)
        shutil.rmtree(here / "work", ignore_errors=True)
        run("git", "add", "heads", cwd=here)
        run("git", "commit", "-q", "--allow-empty", "-m", "heads", cwd=here)
        run("git", "push", "-q", "origin", "HEAD:main", cwd=here)
        return done.returncode, done.stdout + done.stderr, here


def make_key(folder, name):
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name)
    return folder / name, " ".join((folder / f"{name}.pub").read_text().split()[:2])


def set_up(folder, program):
    """A provider with signers, a template with all three pipelines, and two learners made from it."""
    forge = Forge(folder, program)
    for name in ["provider", "template", "AP-2041", "AP-2042"]:
        forge.create(name)
    key, public = make_key(folder, "AS-12")
    here = forge.clone("provider")
    (here / "signers").write_text(f"AS-12 {public}\n")
    (here / "learners").write_text("AP-2041\nAP-2042\n")
    (here / "cohort.yaml").write_text("version: 1\nlearners:\n  - { id: AP-2041, tutor: TU-7 }\n  - { id: AP-2042, tutor: TU-7 }\n")
    (here / "heads").mkdir()
    (here / "heads/README").write_text("The last decision of each learner.\n")
    forge.push(here)
    here = forge.clone("template")
    (here / "tools").mkdir()
    (here / "tools/ksbfolio").write_text(f'#!/bin/sh\nexec "{program}" "$@"\n')
    sha256 = hashlib.sha256((here / "tools/ksbfolio").read_bytes()).hexdigest()
    begin = ["--learner", "AP-0000", "--standard", "st0215", "--start", "2026-09-01", "--end", "2027-12-01"]
    for service in PIPELINES:
        forge.ksbfolio(here, "init", *begin, "--ci", service, "--program", "tools/ksbfolio", "--sha256", sha256)
        begin = []
    forge.push(here)
    for learner in ["AP-2041", "AP-2042"]:
        copy = forge.clone("template")
        settings = copy / "portfolio/portfolio.yaml"
        settings.write_text(settings.read_text().replace("AP-0000", learner))
        run("git", "remote", "set-url", "origin", forge.forge / f"{learner}.git", cwd=copy)
        forge.push(copy)
    return forge, key


def write(name, code):
    return lambda here: (here / f"portfolio/entries/{name}.md").write_text(ENTRY.format(title=name.title(), code=code))


def try_decisions(forge, key):
    """What the required job lets in, and what it keeps out."""
    learner = "AP-2041"

    def decide(name, code, *more, by="AS-12"):
        return lambda here: forge.ksbfolio(here, "assess", name, "--as", by, "--accept", code, "--vacsr", "--feedback", "Read.", *more)

    def expect(passes, what, *words):
        code, said = forge.judge(learner)
        if (code == 0) != passes:
            sys.exit(f"{what}: the required job {'fails' if passes else 'passes'}\n{said}")
        for word in words:
            assert word in said, f"{what}: {word!r} is not in\n{said}"
        print(f"{'passes' if passes else 'fails '}  {what}")

    for name, code in [("first", "K1"), ("second", "K2"), ("third", "K3")]:
        forge.propose(learner, write(name, code))
        expect(True, f"an entry by the learner: {name}")
        forge.merge(learner)
    signed = ["--sign", key]
    for name, code in [("first", "K1"), ("second", "K2")]:
        forge.propose(learner, decide(name, code, *signed))
        expect(True, f"a signed decision: {name}")
        forge.merge(learner)
        code, said, _ = forge.nightly()
        assert code == 0, said

    forge.propose(learner, decide("third", "K3"))
    expect(False, "a decision without a signature", "does not count")
    other, _ = make_key(forge.folder, "other")
    forge.propose(learner, decide("third", "K3", "--sign", other))
    expect(False, "a decision signed by another key", "does not count")
    def decide_as_the_learner(here):
        decide("third", "K3", by="AS-12")(here)
        for path in (here / "portfolio/decisions").glob("*.yaml"):
            if not path.with_name(path.name + ".sig").exists():
                path.write_text(path.read_text().replace("id: AS-12", f"id: {learner}").replace('id: "AS-12"', f'id: "{learner}"'))
    forge.propose(learner, decide_as_the_learner)
    expect(False, "a decision by the learner", "does not count")

    def last(here):
        order = forge.ksbfolio(here, "decisions", "list").stdout.splitlines()
        return here / order[-1].split()[-1]

    def remove_last(here):
        path = last(here)
        path.unlink()
        path.with_name(path.name + ".sig").unlink()

    def edit_last(here):
        path = last(here)
        path.write_text(path.read_text().replace("Read.", "Read twice."))

    forge.propose(learner, remove_last)
    expect(False, "the last decision removed", "does not contain")
    forge.propose(learner, edit_last)
    expect(False, "the last decision edited", "made over other words")

    def begin_again(here):
        """A history without the last decision, as if it had never been."""
        remove_last(here)
        run("git", "checkout", "-q", "--orphan", "again", cwd=here)

    forge.propose(learner, begin_again)
    expect(False, "a rewritten history", "does not contain")

    def remove_and_switch_off(here):
        remove_last(here)
        for path in PIPELINES.values():
            (here / path).unlink()

    forge.propose(learner, remove_and_switch_off)
    expect(False, "the last decision removed, and the pipelines with it", "does not contain")

    before = run("git", "rev-parse", "main~1", cwd=forge.clone(learner)).stdout.strip()
    forge.propose(learner, write("fourth", "K4"), branch="stale", parent=before)
    forge.propose(learner, lambda here: None, parent="stale")
    expect(False, "a branch from before the last decision", "does not contain")
    forge.propose(learner, lambda here: run("git", "merge", "-q", "--no-edit", "origin/main", cwd=here), parent="stale")
    expect(True, "the same branch with main merged")
    forge.merge(learner)

    here, provider = forge.clone(learner), forge.clone("provider")
    head = (provider / f"heads/{learner}").read_text().strip()
    first = forge.ksbfolio(here, "decisions", "verify").stdout.splitlines()[1].strip()
    signers = ["--allowed-signers", provider / "signers"]
    forge.ksbfolio(here, *signers, "decisions", "verify", "--head", head)
    stale = forge.ksbfolio(here, *signers, "decisions", "verify", "--head", first, code=1)
    assert "other files follow" in stale.stdout, stale.stdout
    print("fails   --head with a digest that is no longer the last")


def try_nightly(forge):
    """The nightly job, before and after main was overwritten."""
    code, said, here = forge.nightly()
    assert code == 0, said
    page, table = (here / "cohort.html").read_text(), (here / "cohort.csv").read_text()
    assert all(name in text for name in ["AP-2041", "AP-2042", "TU-7"] for text in [page, table])
    print("passes  the nightly cohort")
    recorded = (here / "heads/AP-2041").read_text()
    # Main is overwritten by a state before the last decision.
    clone = forge.clone("AP-2041")
    log = run("git", "log", "--format=%H", "--diff-filter=A", "--", "portfolio/decisions/*.yaml", cwd=clone).stdout.split()
    run("git", "push", "-q", "--force", "origin", f"{log[0]}~1:main", cwd=clone)
    code, said, here = forge.nightly()
    assert code == 1 and "AP-2041: " in said and "AP-2042: " not in said, said
    assert (here / "heads/AP-2041").read_text() == recorded, "the head on record is kept"
    print("fails   the nightly cohort after main was overwritten")
    shutil.rmtree(forge.forge / "AP-2042.git")
    code, said, here = forge.nightly()
    assert code == 1 and "AP-2042" in (here / "cohort.csv").read_text(), said
    print("fails   the nightly cohort without one of the repositories, which has a row all the same")


def run_steps(forge, service, here, branch):
    """Runs the steps of a workflow as GitHub and Forgejo do, but for actions. Returns what those that fail say."""
    text = (here / PIPELINES[service]).read_text()
    workflow = yaml.safe_load(text)
    scratch = Path(tempfile.mkdtemp(dir=forge.folder))
    sha = run("git", "rev-parse", "HEAD", cwd=here).stdout.strip()
    context = {"server_url": str(forge.forge), "repository": "AP-2041", "ref": f"refs/heads/{branch}", "sha": sha, "token": "none"}
    env = {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(scratch), "GITHUB_PATH": str(scratch / "path"),
           "GITHUB_STEP_SUMMARY": str(scratch / "summary.md"), **workflow["env"]}
    # Forgejo's pipeline fetches the portfolio itself.
    where = here if service == "github" else scratch / "work"
    where.mkdir(exist_ok=True)
    failed, outcome = "", {}
    for step in workflow["jobs"]["portfolio"]["steps"]:
        if "run" not in step:
            continue
        condition = step.get("if", "")
        if condition:
            assert condition == "always() && steps.program.outcome == 'success'", condition
        if (failed and not condition) or (condition and outcome.get("program") != 0):
            continue
        own = {name: re.sub(r"\$\{\{ github\.(\w+) \}\}", lambda found: context[found[1]], value) for name, value in step.get("env", {}).items()}
        done = run("bash", "-e", "-c", step["run"], cwd=where, env={**env, **own}, code=None)
        if done.returncode:
            failed += f"{step['name']}: {done.stdout}{done.stderr}"
        outcome[step.get("id")] = done.returncode
        if (scratch / "path").exists():
            env["PATH"] = (scratch / "path").read_text().strip() + ":" + os.environ["PATH"]
    return failed


def try_pipelines(forge, gitlab):
    """The pipelines that `init` wrote, on a portfolio in order and on one whose decision was removed."""
    here = forge.clone("AP-2041")
    path = sorted((here / "portfolio/decisions").glob("*.yaml"))[0]
    path.unlink()
    forge.push(here, "broken")
    for service in PIPELINES:
        for branch, passes in [("main", True), ("broken", False)]:
            here = forge.clone("AP-2041", branch)
            if service == "gitlab":
                if not gitlab:
                    print("not run  the pipeline of gitlab: no gitlab-ci-local")
                    break
                done = run(gitlab, "--force-shell-executor", "--no-artifacts-to-source", "portfolio", cwd=here, code=None)
                failed = done.returncode and done.stdout + done.stderr
            else:
                failed = run_steps(forge, service, here, branch)
            if bool(failed) == passes:
                sys.exit(f"the pipeline of {service} on {branch}: {failed}")
            if failed:
                assert "NOT intact" in failed, failed
            print(f"{'passes' if passes else 'fails '}  the pipeline of {service}, {branch}")


def main():
    program = Path(sys.argv[1]).resolve()
    gitlab = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
    assert program.name == "ksbfolio", "the scripts of the page run `ksbfolio`"
    with tempfile.TemporaryDirectory() as name:
        forge, key = set_up(Path(name), program)
        try_decisions(forge, key)
        try_pipelines(forge, gitlab)
        try_nightly(forge)


if __name__ == "__main__":
    main()
