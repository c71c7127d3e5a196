"""The manual page, from what the program prints as help."""

import re
import subprocess

from .project import ABOUT, VERSION

OPTIONS = "Options of every command"


def write(program):
    """The page in the language of man."""
    top = read_help(program)
    commands = [line.split()[0] for line in top["Commands"] if re.match(r"  \S", line)]
    lines = [f'.TH KSBFOLIO 1 "" "ksbfolio {VERSION}" "User Commands"', ".SH NAME", f"ksbfolio \\- {escape(ABOUT)}",
             ".SH SYNOPSIS", f".B {escape(top['Usage'][0].strip())}", ".SH OPTIONS", *entries(top[OPTIONS]), ".SH COMMANDS"]
    for name in commands:
        if name != "help":
            lines += describe(program, [name])
    lines += [".SH EXIT STATUS", *tagged("0", "no finding at or above the level that fails"),
              *tagged("1", "findings at or above it"),
              *tagged("2", "the job could not be done: wrong usage, unreadable input, a failed write")]
    return "\n".join(lines) + "\n"


def describe(program, words):
    """A command, and the commands below it."""
    help = read_help(program, words)
    lines = [f'.SS "ksbfolio {escape(" ".join(words))}"', *paragraphs(help["About"]),
             ".PP", f".B {escape(help['Usage'][0].strip())}"]
    for section in ("Arguments", "Options"):
        lines += entries(help.get(section, []))
    for section in help:
        if section.startswith("Example"):
            examples, more = split_at_empty(help[section])
            lines += [".PP", f"{section}:", *entries(examples)]
            if more:
                lines += [".PP", ".nf", *(escape(line) if line.strip() else ".sp" for line in more), ".fi"]
    for line in help.get("Commands", []):
        if re.match(r"  \S", line) and line.split()[0] != "help":
            lines += describe(program, [*words, line.split()[0]])
    return lines


def read_help(program, words=()):
    """The sections of a help text by heading; what is before the first is About."""
    text = subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=True).stdout
    sections, current = {}, []
    sections["About"] = current
    for line in text.split("\n"):
        heading = re.match(r"(Usage|[A-Z][A-Za-z ]+):(.*)", line)
        if heading:
            current = sections.setdefault(heading[1], [])
            line = heading[2]
        current.append(line)
    return sections


def entries(lines):
    """Terms, which are two or six columns in, with what is deeper below them."""
    made, term, below = [], None, []
    for line in [*lines, "  end"]:
        depth = len(line) - len(line.lstrip())
        if line.strip() and depth in (2, 6) and (depth == 2 or line.strip().startswith("-") or not term):
            if term and not is_help(term):
                made += [".TP", f".B {escape(term)}", *(paragraphs(below) or ["\\&"])]
            term, below = line.strip(), []
        else:
            below.append(line)
    return made


def split_at_empty(lines):
    """The lines before the first empty one that has text before it, and those after, without empty ends."""
    start = next(number for number, line in enumerate(lines) if line.strip())
    end = next((number for number, line in enumerate(lines) if number > start and not line.strip()), len(lines))
    rest = "\n".join(lines[end:]).strip("\n")
    return lines[start:end], rest.split("\n") if rest else []


def is_help(term):
    return term.startswith("-h, --help")


def paragraphs(lines):
    """Text with its line ends removed; an empty line begins a paragraph, and an item of a list stays a line."""
    made, open_line = [], ""
    for line in [*lines, ""]:
        words = line.strip()
        if open_line and (not words or words.startswith(("- ", "["))):
            made.append(escape(open_line))
            open_line = ""
            if not words or words.startswith(("- ", "[")):
                made.append(".br" if words else ".sp")
        open_line = f"{open_line} {words}".strip()
    while made and made[-1] in (".sp", ".br"):
        made.pop()
    return made


def tagged(term, words):
    return [".TP", f".B {term}", escape(words)]


def escape(text):
    """Signs that man would take for its own."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text
