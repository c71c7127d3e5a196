#!/usr/bin/env python3
"""Answers the questions of `init`, `new` and `assess` on a real terminal, as a learner and an assessor would.

    tests/formats/terminal.py target/release/ksbfolio
"""

import os
import pty
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def answered(command, folder, answers, environment=None):
    """Runs a command on a terminal and answers each question once it is shown. Returns the screen's text."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
                             env={**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "40", **(environment or {})})
    os.close(theirs)
    screen, seen = b"", 0
    deadline = time.monotonic() + 30
    waiting = list(answers)
    while time.monotonic() < deadline:
        ready, _, _ = select.select([ours], [], [], 0.1)
        if ready:
            try:
                data = os.read(ours, 65536)
            except OSError:
                break
            if not data:
                break
            screen += data
            if b"\x1b[6n" in data:
                os.write(ours, b"\x1b[1;1R")
        elif waiting and waiting[0][0].encode() in screen[seen:]:
            seen = len(screen)
            os.write(ours, waiting.pop(0)[1].encode())
        elif child.poll() is not None:
            break
    child.wait(timeout=5)
    text = screen.decode(errors="replace")
    assert not waiting, f"never asked {waiting[0][0]}: {text}"
    return child.returncode, text


def left(command, folder, question):
    """Runs a command and closes its terminal while a question is open. Returns the exit code."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
                             env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    screen = b""
    deadline = time.monotonic() + 30
    while question.encode() not in screen and time.monotonic() < deadline:
        data = os.read(ours, 65536)
        screen += data
        if b"\x1b[6n" in data:
            os.write(ours, b"\x1b[1;1R")
    os.close(ours)
    try:
        return child.wait(timeout=10)
    finally:
        child.kill()


def main():
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        code, text = answered([program, "init"], root, [
            ("call you", "AP-7\r"), ("working towards", "\r"), ("begin", "2026-09-01\r"), ("planned to end", "\r")])
        assert code == 0, text
        settings = (root / "portfolio/portfolio.yaml").read_text(encoding="utf-8")
        assert 'id: "AP-7"' in settings and "standards: [st0215]" in settings and "\nstart: 2026-09-01\n" in settings, settings
        assert "What to type next" in text, text

        # Words of the statement in any order find the code, with a space between them; Tab takes it, gives it back, and
        # takes it again. A code that is typed by itself counts too. The day is left as it is offered.
        code, text = answered([program, "--as-of", "2026-11-21", "new", "--open"], root, [
            ("What is it about", "A turned face\r"), ("kind of evidence", "\r"), ("which model", "\r"),
            ("Which day", "\r"), ("What does it show", "distress recognise"), ("distress recognise ", "\t"),
            ("S7,", "s7\t"), ("[ ] K1", "distress recognise\t"), ("S7,", "b2\r")],
            {"EDITOR": "touch opened", "VISUAL": ""})
        assert code == 0, text
        entry = (root / "portfolio/entries/2026/a-turned-face.md").read_text(encoding="utf-8")
        assert "ksbs: [S7, B2]" in entry, entry
        assert "date: 2026-11-21" in entry and "model: gibbs" in entry, entry
        assert (root / "opened").exists(), "the editor was not run"

        # Escape and Ctrl-C write nothing.
        before = sorted(root.rglob("*.md"))
        for key in ("\x1b", "\x03"):
            code, text = answered([program, "new"], root, [("What is it about", key)])
            assert code == 2 and any(words in text for words in ("nothing was written", "no file is left half written")), (code, text)
            assert sorted(root.rglob("*.md")) == before

        # Closing the window ends the program, also without a signal from the system.
        assert left([program, "new"], root, "What is it about") == 2
        assert sorted(root.rglob("*.md")) == before

        # The assessor reads the entry, accepts the claim, ticks all five rules of evidence, and writes a line. Nothing is ticked
        # beforehand, and nothing is filed before a last question.
        path = root / "portfolio/entries/2026/a-turned-face.md"
        path.write_text(entry.replace("status: draft", "status: submitted").replace("[S7, B2]", "[S7]") + "\nI saw the pain and acted.\n", encoding="utf-8")
        code, text = answered([program, "--as-of", "2026-11-21", "assess", "a-turned-face"], root, [
            ("Who decides", "AS-12\r"), ("S7:", "accepted\r"), ("rules of evidence", "\x1b[C\r"), ("Feedback", "Well seen.\r"), ("File this decision", "y\r")])
        assert code == 0, text
        assert "I saw the pain and acted." in text, "the whole entry is shown: " + text
        assert "distress" in text and "no passage is marked" in text, "the claim is shown with its statement: " + text
        [decision] = [path.read_text(encoding="utf-8") for path in (root / "portfolio/decisions").glob("2026-11-21-AS-12-*.yaml")]
        assert "claims: { S7: accepted }" in decision and "Well seen." in decision, decision
        assert "sufficient: true" in decision and "evidenced -> accepted" in text, decision + text

        # Escape records no decision.
        code, text = answered([program, "assess", "a-turned-face"], root, [("Who decides", "\x1b")])
        assert code == 2 and "nothing was written" in text, (code, text)
        assert len(list((root / "portfolio/decisions").iterdir())) == 1
    print("init, new and assess ask on a terminal, and write what was answered")


main()
