"""Compiles the program for each system, the same way each time."""

import functools
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from .project import ROOT, Missing, commit_time, read_output, run

TARGETS = {
    "windows-x86_64": "x86_64-pc-windows-gnu",
    "linux-x86_64": "x86_64-unknown-linux-musl",
    "linux-aarch64": "aarch64-unknown-linux-musl",
}
REQUIREMENTS = ROOT / "release/requirements.txt"
MINGW = "x86_64-w64-mingw32-gcc"


def check_tools(parts):
    """Names everything that is missing before the first long compilation."""
    missing = []
    for tool, where in (("cargo", "rustup.rs installs it"), ("rustup", "rustup.rs installs it")):
        if not shutil.which(tool):
            missing.append(f"{tool} is missing: {where}")
    if {"exe", "wheel"} & set(parts) and not shutil.which(MINGW):
        missing.append(f"{MINGW} is missing: Debian and Ubuntu have it in the package gcc-mingw-w64-x86-64-win32")
    # Archives contain licences, among them those of the C libraries that zig brings.
    if {"exe", "linux", "wheel", "licences"} & set(parts):
        try:
            import ensurepip  # noqa: F401
            import venv  # noqa: F401
        except ImportError:
            missing.append("Python cannot make environments: Debian and Ubuntu have what it needs in the package python3-venv")
    if missing:
        raise Missing("; ".join(missing))


@functools.cache
def install_python(requirements=REQUIREMENTS, name="release-python"):
    """The folder of programs that PyPI has, installed if they are not there in these versions."""
    folder = ROOT / "target" / name
    stamp = folder / "installed-from"
    if not stamp.exists() or stamp.read_text() != requirements.read_text():
        print(f"release: installs into {folder.relative_to(ROOT)}, from PyPI: "
              + requirements.read_text().replace("\n", " "), flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", folder])
        run([folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements])
        stamp.write_text(requirements.read_text())
    return folder / "bin"


def add_target(target):
    if not Path(read_output(["rustc", "--print", "target-libdir", "--target", target]).strip()).is_dir():
        run(["rustup", "target", "add", target])


def cargo_home():
    return Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")


def environment(target):
    """Variables of a compilation without times and paths of this machine."""
    # Crates are in a folder named after the registry that they came from. The last that fits a path is used. The
    # project's own files have relative paths already.
    names = {cargo_home(): "cargo", **{path: "crates" for path in sorted((cargo_home() / "registry/src").glob("*"))}}
    flags = [f"--remap-path-prefix={path}={name}" for path, name in names.items()]
    if "windows" in target:
        flags.append("-Clink-arg=-Wl,--no-insert-timestamp")
    compiler = " ".join(f"-ffile-prefix-map={path}={name}" for path, name in names.items())
    return {**os.environ, "CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags), "SOURCE_DATE_EPOCH": str(commit_time()),
            f"CFLAGS_{target.replace('-', '_')}": compiler}


@functools.cache
def build(name, profile):
    """The path of the program for a system."""
    target = TARGETS[name]
    add_target(target)
    run(["cargo", "fetch", "--locked", "--quiet"])
    variables = environment(target)
    command = "build"
    if "musl" in target:
        command = "zigbuild"
        variables["PATH"] = f"{install_python()}{os.pathsep}{variables['PATH']}"
    run(["cargo", command, "--locked", "--profile", profile, "--target", target, "--bin", "ksbfolio"], env=variables)
    made = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / target / profile
    program = made / ("ksbfolio.exe" if "windows" in target else "ksbfolio")
    refuse_own_paths(program)
    return program


def refuse_own_paths(program):
    """Nothing that is given away says where it was made."""
    contents = program.read_bytes()
    for path in (ROOT, cargo_home(), Path(os.environ.get("RUSTUP_HOME") or Path.home() / ".rustup")):
        if os.fsencode(path) in contents:
            raise Missing(f"{program} contains the path {path} of this machine")


def runnable(programs):
    """The program among these that runs here: it prints the manual and completions."""
    own = programs.get(f"linux-{platform.machine()}")
    if own and subprocess.run([own, "--version"], capture_output=True).returncode == 0:
        return own
    raise Missing(f"none of the programs for Linux runs on this {platform.machine()}, so there is nothing to ask for the manual")
