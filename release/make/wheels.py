"""Wheels: the program as `pip` installs it, with no Python in it."""

import base64
import hashlib

from . import archives
from .compiling import TARGETS
from .project import ABOUT, ROOT, VERSION

# A static program needs no C library, so one file fits both kinds of Linux.
TAGS = {
    "windows-x86_64": "win_amd64",
    "linux-x86_64": "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
    "linux-aarch64": "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
}
assert TAGS.keys() == TARGETS.keys()


def write(folder, name, program):
    """Writes the wheel for a system."""
    tags = TAGS[name]
    information = f"ksbfolio-{VERSION}.dist-info"
    script = f"ksbfolio-{VERSION}.data/scripts/{program.name}"
    notices = archives.read_notices()
    files = {
        script: program.read_bytes(),
        **{f"{information}/licenses/{notice}": contents for notice, contents in notices.items()},
        f"{information}/METADATA": metadata(notices).encode(),
        f"{information}/WHEEL": ("Wheel-Version: 1.0\nGenerator: ksbfolio release/build\nRoot-Is-Purelib: false\n"
                                 + "".join(f"Tag: py3-none-{tag}\n" for tag in tags.split("."))).encode(),
    }
    record = "".join(f"{path},sha256={url_digest(contents)},{len(contents)}\n" for path, contents in sorted(files.items()))
    files[f"{information}/RECORD"] = f"{record}{information}/RECORD,,\n".encode()
    archives.write_zip(folder / f"ksbfolio-{VERSION}-py3-none-{tags}.whl", files, {script})


def metadata(notices):
    lines = ["Metadata-Version: 2.4", "Name: ksbfolio", f"Version: {VERSION}", f"Summary: {ABOUT}",
             "License-Expression: MIT OR Apache-2.0", *(f"License-File: {notice}" for notice in sorted(notices)),
             "Requires-Python: >=3.7", "Description-Content-Type: text/markdown", "",
             (ROOT / "README.md").read_text(encoding="utf-8")]
    return "\n".join(lines)


def url_digest(contents):
    return base64.urlsafe_b64encode(hashlib.sha256(contents).digest()).rstrip(b"=").decode()
