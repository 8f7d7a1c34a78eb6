"""Take what the pages are made with from the npm registry into kg/view/vendor/.

    python scripts/vendor.py

Each package is named below with its version, its licence and the integrity (SHA-512) that the registry publishes; a
tarball that has another is refused. Files are copied but for three things: line ends become those of Unix, the last
line that leads to a source map goes, and so do the rules of a style sheet that load pictures, for the pages fetch
nothing. `vendor.toml` says where each file comes from and what it must hash to. Countries are cut and packed by
`pack_countries.py`. Add a library: a line in the table, a run of this script, a look at its licence.
"""

import argparse
import base64
import hashlib
import io
import json
import re
import tarfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pack_countries import packed

REGISTRY = "https://registry.npmjs.org"
FOLDER = Path(__file__).parents[1] / "kg" / "view" / "vendor"


@dataclass(frozen=True)
class Package:
    """A package, and which of its files go where. A file of countries is packed, all others are copied."""

    name: str
    version: str
    licence: str
    integrity: str
    files: tuple[tuple[str, str], ...]


PACKAGES = (
    Package(
        "codemirror", "5.65.20", "MIT",
        "sha512-i5dLDDxwkFCbhjvL2pNjShsojoL3XHyDwsGv1jqETUoW+lzpBKKqNTUWgQwVAOa0tUm4BwekT455ujafi8payA==",
        (
            ("lib/codemirror.js", "codemirror.js"),
            ("mode/sparql/sparql.js", "codemirror.sparql.js"),
            ("addon/hint/show-hint.js", "codemirror.show-hint.js"),
            ("addon/edit/matchbrackets.js", "codemirror.matchbrackets.js"),
            ("addon/edit/closebrackets.js", "codemirror.closebrackets.js"),
            ("lib/codemirror.css", "codemirror.css"),
            ("addon/hint/show-hint.css", "codemirror.show-hint.css"),
            ("LICENSE", "codemirror.LICENSE.txt"),
        ),
    ),
    Package(
        "events", "3.3.0", "MIT",
        "sha512-mQw+2fkQbALzQ7V0MY0IqdnXNOeTtP4r0lN9z7AAawCXgqea7bDii20AYrIBrFd/Hx0M2Ocz6S111CaFkUcb0Q==",
        (("LICENSE", "events.LICENSE.txt"),),  # lies within sigma and graphology
    ),
    Package(
        "graphology", "0.26.0", "MIT",
        "sha512-8SSImzgUUYC89Z042s+0r/vMibY7GX/Emz4LDO5e7jYXhuoWfHISPFJYjpRLUSJGq6UQ6xlenvX1p/hJdfXuXg==",
        (("dist/graphology.umd.min.js", "graphology.js"), ("LICENSE.txt", "graphology.LICENSE.txt")),
    ),
    Package(
        "graphology-utils", "2.5.2", "MIT",
        "sha512-ckHg8MXrXJkOARk56ZaSCM1g1Wihe2d6iTmz1enGOz4W/l831MBCKSayeFQfowgF8wd+PQ4rlch/56Vs/VZLDQ==",
        (("LICENSE.txt", "graphology-utils.LICENSE.txt"),),  # lies within sigma
    ),
    Package(
        "leaflet", "1.9.4", "BSD-2-Clause",
        "sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssxZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA==",
        (("dist/leaflet.js", "leaflet.js"), ("dist/leaflet.css", "leaflet.css"), ("LICENSE", "leaflet.LICENSE.txt")),
    ),
    Package(
        "leaflet.markercluster", "1.5.3", "MIT",
        "sha512-vPTw/Bndq7eQHjLBVlWpnGeLa3t+3zGiuM7fJwCkiMFq+nmRuG3RI3f7f4N4TDX7T4NpbAXpR2+NTRSEGfCSeA==",
        (
            ("dist/leaflet.markercluster.js", "leaflet.markercluster.js"),
            ("dist/MarkerCluster.css", "leaflet.markercluster.css"),
            ("MIT-LICENCE.txt", "leaflet.markercluster.LICENSE.txt"),
        ),
    ),
    Package(
        "sigma", "4.0.4", "MIT",
        "sha512-qVZJ0WHhtOngpIpai7xfopkiTkwb92+Cl7zqcJBJos5juwH6FnkUfOM08mjgZ6Urd5WUAIsSbYNY41SL7BydYw==",
        (("dist/sigma.min.js", "sigma.js"), ("LICENSE.txt", "sigma.LICENSE.txt")),
    ),
    Package(
        "world-atlas", "2.0.2", "ISC",  # its data, of Natural Earth, are in the public domain
        "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
        (("countries-50m.json", "countries.json"), ("LICENSE", "world-atlas.LICENSE.txt")),
    ),
)  # fmt: skip


def fetched(package: Package) -> tarfile.TarFile:
    """The package's tarball, once its hash is the one that stands in the table."""
    address = f"{REGISTRY}/{package.name}/-/{package.name.rpartition('/')[2]}-{package.version}.tgz"
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 — a constant https address
        tarball = answer.read()
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if found != package.integrity:
        raise SystemExit(f"{address}: its hash is {found}, not {package.integrity}")
    return tarfile.open(fileobj=io.BytesIO(tarball))


def content(tarball: tarfile.TarFile, name: str) -> str:
    """One file as it is kept."""
    member = tarball.extractfile(f"package/{name}")
    if member is None:
        raise SystemExit(f"{name} is no file of this package")
    text = member.read().decode("utf-8").replace("\r\n", "\n")
    if name.startswith("countries"):
        return packed(json.loads(text))
    text = re.sub(r"^//# sourceMappingURL=.*\n?", "", text, flags=re.MULTILINE)
    if name.endswith(".css"):
        text = re.sub(r"^[^{}]*\{[^{}]*url\([^{}]*\}\n", "", text, flags=re.MULTILINE)
    return text.rstrip("\n") + "\n"


def table(package: Package, files: list[tuple[str, str]]) -> Iterator[str]:
    """The package's lines in vendor.toml."""
    yield "[[package]]"
    for key in ("name", "version", "licence", "integrity"):
        yield f'{key} = "{getattr(package, key)}"'
    yield "files = ["
    yield from (f'  {{ name = "{name}", sha256 = "{digest}" }},' for name, digest in files)
    yield "]\n"


def main() -> None:
    """Fetch, check, copy, write the list."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args()
    FOLDER.mkdir(exist_ok=True)
    lines = ["# Written by scripts/vendor.py: what lies here, where it comes from, what it hashes to.\n"]
    for package in PACKAGES:
        tarball, files = fetched(package), []
        for name, target in package.files:
            text = content(tarball, name)
            (FOLDER / target).write_text(text, encoding="utf-8", newline="\n")
            files.append((target, hashlib.sha256(text.encode()).hexdigest()))
            print(f"{target}: {len(text.encode()) / 1000:.0f} kB")
        lines += table(package, files)
    (FOLDER / "vendor.toml").write_text("\n".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
