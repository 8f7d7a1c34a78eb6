"""What several commands check of their options."""

from pathlib import Path

from kg.errors import UsageError


def ontology_file(path: Path | None) -> str | None:
    """Return what the settings take for `--ontology`.

    Raises:
        UsageError: there is no such file.
    """
    if path is None:
        return None
    if not path.is_file():
        raise UsageError(f"no such ontology file: {path}")
    return str(path)
