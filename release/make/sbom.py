"""The packages of a release as CycloneDX, a format for lists of what a program consists of."""

import json

from .packages import checksums, resolve
from .project import ABOUT, VERSION


def describe():
    """The document. It has no time and no random number, so the same lock file gives the same bytes."""
    own, others = resolve()
    reference = f"pkg:generic/ksbfolio@{VERSION}"
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {
            "type": "application", "bom-ref": reference, "name": "ksbfolio", "version": VERSION, "description": ABOUT,
            "licenses": [{"expression": own.licence}], "purl": reference,
        }},
        "components": [component(package) for package in others],
        "dependencies": [{"ref": reference, "dependsOn": list(own.needs)},
                         *({"ref": package.reference, "dependsOn": list(package.needs)} for package in others)],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def component(package):
    """A package. One that only helps to compile is not in the program, which CycloneDX calls excluded."""
    described = {
        "type": "library", "bom-ref": package.reference, "name": package.name, "version": package.version,
        "scope": "required" if package.is_inside else "excluded",
        "licenses": [{"expression": package.licence}], "purl": package.reference,
    }
    digest = checksums().get((package.name, package.version))
    if digest:
        described["hashes"] = [{"alg": "SHA-256", "content": digest}]
    return described
