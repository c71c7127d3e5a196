"""Zip and tar files whose bytes depend on nothing but what is in them."""

import gzip
import io
import subprocess
import tarfile
import time
import zipfile

from . import licences, manual
from .project import ROOT, VERSION, commit_time

SHELLS = {
    "bash": "share/bash-completion/completions/ksbfolio",
    "fish": "share/fish/vendor_completions.d/ksbfolio.fish",
    "zsh": "share/zsh/site-functions/_ksbfolio",
}


def write_zip(path, files, executables=()):
    """Writes files, given as a name and bytes, sorted by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, contents in sorted(files.items()):
            member = zipfile.ZipInfo(name, time.gmtime(commit_time())[:6])
            member.create_system = 3
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = (0o100755 if name in executables else 0o100644) << 16
            archive.writestr(member, contents)


def write_tar(path, files, executables=()):
    """The same as a tar file, compressed by gzip."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, contents in sorted(files.items()):
            member = tarfile.TarInfo(name)
            member.size = len(contents)
            member.mtime = commit_time()
            member.mode = 0o755 if name in executables else 0o644
            archive.addfile(member, io.BytesIO(contents))
    path.write_bytes(gzip.compress(packed.getvalue(), 9, mtime=0))


def read_notices():
    """The licences that every archive has."""
    own = {name: (ROOT / name).read_bytes() for name in ("LICENSE-APACHE", "LICENSE-MIT")}
    return {**own, "THIRD-PARTY-LICENCES.txt": licences.collect().encode(),
            "RUST-STANDARD-LIBRARY.html": licences.standard_library()}


def read_text(name):
    return (ROOT / "release/texts" / name).read_text(encoding="utf-8").replace("VERSION", VERSION)


def write_windows(folder, program):
    top = f"ksbfolio-{VERSION}-windows-x86_64"
    # Notepad of older systems knows no other line ends.
    files = {"ksbfolio.exe": program.read_bytes(), **read_notices(),
             "README.txt": read_text("windows.txt").replace("\n", "\r\n").encode()}
    write_zip(folder / f"{top}.zip", {f"{top}/{name}": contents for name, contents in files.items()})


def write_linux(folder, name, program, runnable):
    """The archive has the folders of /usr/local and ~/.local, so that it can be unpacked there."""
    top = f"ksbfolio-{VERSION}-{name}"
    notices = {**read_notices(), "README.txt": read_text("linux.txt").replace("ARCHIVE", top).encode()}
    files = {"bin/ksbfolio": program.read_bytes(), "share/man/man1/ksbfolio.1": manual.write(runnable).encode(),
             **{f"share/doc/ksbfolio/{notice}": contents for notice, contents in notices.items()}}
    for shell, path in SHELLS.items():
        files[path] = subprocess.run([runnable, "completions", shell], capture_output=True, check=True).stdout
    write_tar(folder / f"{top}.tar.gz", {f"{top}/{path}": contents for path, contents in files.items()},
              {f"{top}/bin/ksbfolio"})
