"""Where ontology, lexicons, contract and templates lie, in an installed wheel or in a checkout.

Lexicons are files of `kg/lang/<code>/` in UTF-8. In `.txt` and `.tsv` files a line that begins with `#` is a comment
and blank lines are skipped; everything else is data, without its line break.
"""

import tomllib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def ontology() -> Path:
    """The folder with `kg.ttl`, `shapes.ttl`, `context.jsonld` and `queries/`.

    A wheel carries it as `kg/ontology_data`; in a checkout it lies beside the package.
    """
    shipped = PACKAGE / "ontology_data"
    return shipped if shipped.is_dir() else PACKAGE.parent / "ontology"


def contract() -> Path:
    """The JSON schema of one line of `kg annotate`: the contract with the optional keys that the graph needs."""
    return PACKAGE / "contract" / "annotation.schema.json"


def languages() -> tuple[str, ...]:
    """Codes of the languages that have a folder, in order.

    >>> "en" in languages()
    True
    """
    return tuple(sorted(path.name for path in (PACKAGE / "lang").iterdir() if path.is_dir() and path.name[0] != "_"))


def language_file(language: str, name: str) -> Path:
    """The path of a lexicon, for what needs another reader than the ones below (JSON weights, large tables)."""
    return PACKAGE / "lang" / language / name


@cache
def lexicon(language: str, name: str) -> tuple[str, ...]:
    """The entries of a word list in order: `lexicon("en", "titles.txt")` → ("Mr", "Mrs", …).

    Surrounding white space is taken off; comments and blank lines are skipped.
    """
    lines = language_file(language, name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def word_set(language: str, name: str) -> frozenset[str]:
    """The entries of a word list as a set: `word_set("en", "titles.txt")` → {"Mr", "Mrs", …}."""
    return frozenset(lexicon(language, name))


@cache
def table(language: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated list in order, each cell without surrounding white space.

    `table("en", "demonyms.tsv")` → (("French", "FR"), …). Column names stand in the comment on top of the file.
    """
    lines = language_file(language, name).read_text(encoding="utf-8").splitlines()
    rows = (line for line in lines if line.strip() and not line.startswith("#"))
    return tuple(tuple(cell.strip() for cell in row.split("\t")) for row in rows)


@cache
def toml(language: str, name: str) -> dict[str, object]:
    """A TOML lexicon as nested dictionaries; do not change what you get, it is shared."""
    return tomllib.loads(language_file(language, name).read_text(encoding="utf-8"))
