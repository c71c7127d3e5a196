#!/usr/bin/env python3
"""Answers the questions of `init`, `new`, `assess` and `read` on a real terminal, as learners and assessors do.

    tests/formats/terminal.py target/release/ksbfolio
"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path


def answered(command, folder, answers, environment=None):
    """Runs a command on a terminal and answers each question once it is shown. Returns the screen's text."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "40", **(environment or {})}
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, int(environment["COLUMNS"]), 0, 0))
    child = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True, env=environment)
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
    text = screen.decode(errors="replace")
    if child.poll() is None and time.monotonic() >= deadline:
        child.kill()
        raise AssertionError(f"still asking: {text}")
    child.wait(timeout=5)
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


STANDARD = """version: 1
id: tiny
title: Tiny
official: false
kinds: [{ id: knowledge, title: Knowledge, prefix: K }]
criteria: [{ code: K1, kind: knowledge, text: One }]
gateway: [{ id: privacy, asks: Nobody can be recognised, check: privacy, source: a test }]
"""

ENTRY = """---
title: A quiet night   # a comment that stays
date: 2026-11-14
type: product
ksbs: [{K1: "I stayed with her"}]
attachments:
  - { file: evidence/board.png, alt: The board }
---

I sat with Kasia beside the Zephyr scanner and thanked nurse Fern Tansy at 07:30.
Oakaple's chart was clean.
"""


def read_an_entry(program, root):
    """A learner reads an entry: first something is hidden, then all is answered, and the gateway says who looked."""
    for path, text in {"standards/tiny.yaml": STANDARD, "portfolio/entries/one.md": ENTRY, "portfolio/portfolio.yaml":
                       "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [tiny]\n"}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "portfolio/evidence").mkdir()
    (root / "portfolio/evidence/board.png").write_bytes(bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010800000000" "3a7e9b55" "0000000a49444154789c6360000000020001"
        "48afa471" "0000000049454e44ae426082"))
    entry = root / "portfolio/entries/one.md"
    day = [program, "--as-of", "2026-11-21"]
    read = [*day, "read", "one"]
    narrow = {"COLUMNS": "80"}
    asked = [("Who was in it", "Oakapple\r")]

    # Not on a terminal nobody is asked, and a pipe answers nothing.
    piped = subprocess.run(read, cwd=root, input="\nn\nn\nn\nn\n", capture_output=True, text=True, check=False)
    assert piped.returncode == 2 and "on a terminal" in piped.stderr, piped
    for by, words in (("Mrs Oakapple", "may identify a person"),):
        code, text = answered([*read, "--as", by], root, [], narrow)
        assert code == 2 and words in text, text

    # A name one letter off is found with its place; what is hidden or left for later is listed, and nothing is written.
    hidden = [("nobody, hide", "h\r")] * 3
    code, text = answered(read, root, asked + [
        ("nobody, hide", "x\r"), ("first letter", "\x7fl\r"), *hidden, ("nobody, hide", "h\r"), ("nobody, hide", "n\r")], narrow)
    assert code == 1 and "but for one letter: line 11:1" in text and "(not saved)" in text, text
    assert "Hide or change:" in text and "Look at again:" in text and "Nothing was written" in text, text
    assert entry.read_text(encoding="utf-8") == ENTRY
    assert all(len(line) <= 80 for line in plain(text).splitlines()), plain(text)

    # Ctrl-C in the middle writes nothing.
    code, text = answered(read, root, [("Who was in it", "\r"), ("nobody, hide", "h\r"), ("nobody, hide", "\x03")], narrow)
    assert code == 2 and entry.read_text(encoding="utf-8") == ENTRY, text

    # All is answered: three lines are written, and every other byte stays.
    changed = ENTRY.replace("Kasia", "the patient").replace("Oakaple's", "Her").replace("nurse Fern Tansy", "the nurse")
    entry.write_text(changed, encoding="utf-8")
    letters = [("nobody, hide", "n\r")] * 3
    code, text = answered(read, root, asked + letters, narrow)
    assert code == 0 and "None of them is in it" in text and "Read by L-1" in text, text
    written = entry.read_text(encoding="utf-8")
    kept = [line for line in written.splitlines() if not line.startswith(("read:", "anonymised:", "  by:", "  on:", "  digest:"))]
    assert "\n".join(kept) + "\n" == changed.replace("alt: The board }", "alt: The board, shows: nobody }"), written
    assert "anonymised: true" in written and "Oakapple" not in written, written
    assert not any(b"Oakapple" in path.read_bytes() for path in root.rglob("*") if path.is_file())
    gateway = subprocess.run([*day, "gateway"], cwd=root, capture_output=True, text=True, check=False).stdout
    assert "by L-1 on 21 November 2026" in gateway and "READY" in gateway, gateway
    entry.write_text(written.replace("quiet", "long"), encoding="utf-8")
    gateway = subprocess.run([*day, "gateway"], cwd=root, capture_output=True, text=True, check=False).stdout
    assert "to confirm" in gateway, gateway


def begin_again(program, root):
    """Esc, a wrong date and an end before the start ask again; the keys of a shell edit the answer."""
    root.mkdir()
    code, text = answered([program, "init"], root, [
        ("call you", "\x1b"), ("call you", "Wrong\x15P-77\x01A\x1b[C\x05\x7f\r"), ("working towards", "\x1b"),
        ("working towards", "\x17\r"), ("working towards", "\r"), ("begin", "31 February 2026\r"),
        ("#", "\x151 September 2026\r"), ("planned to end", "2026-08-01\r"), ("not after", "\x1729 Febr 2028\x1b[1;5D\x7f\x7f \r")],
        {"COLUMNS": "60"})
    assert code == 0, text
    settings = (root / "portfolio/portfolio.yaml").read_text(encoding="utf-8")
    for line in ('id: "AP-7"', "standards: [st0215]", "\nstart: 2026-09-01\n", "\nplanned_end: 2028-02-29\n"):
        assert line in settings, (line, settings)
    assert all(len(line) <= 60 for line in plain(text).split("Wrote")[0].splitlines()), plain(text)


def plain(text):
    """The text of a screen without control sequences."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r", "\n")


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
            ("Which day", "\r"), ("What does it show", "distress recognise"), ("distress recognise", "\t"),
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
        read_an_entry(program, root / "reading")
        begin_again(program, root / "again")
    print("init, new, assess and read ask on a terminal, and write what was answered")


main()
