"""`kg doctor`: what is installed, what is missing and the command that mends it."""

import importlib.metadata
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `remedy` is the command or the advice where something is wrong."""

    ok: bool
    what: str
    detail: str
    remedy: str | None = None


def command(
    model: Annotated[str, typer.Option(help="A spaCy pipeline by package name.")] = "en_core_web_md",
) -> None:
    """Say what is installed, what is missing and how to mend it.

    Exit status 1 when something is missing or damaged.
    """
    healthy = True
    for finding in findings(model):
        healthy = healthy and finding.ok
        mark = typer.style("ok     ", fg="green") if finding.ok else typer.style("MISSING", fg="red", bold=True)
        typer.echo(f"{mark}  {finding.what:<28} {finding.detail}")
        if finding.remedy:
            typer.echo(f"         {'':<28} → {finding.remedy}")
    if not healthy:
        raise typer.Exit(1)


def findings(model: str) -> Iterator[Finding]:
    """Yield what is to be said about Python, the packages, the model, the data files and the plug-ins."""
    yield Finding(True, "Python", platform.python_version())
    yield from _packages()
    yield from _extras()
    yield from _model(model)
    yield from _data()
    yield _places()
    yield from _plugins()


def _packages() -> Iterator[Finding]:
    """The distribution itself and what it requires, without the extras."""
    from packaging.requirements import Requirement

    yield Finding(True, "kg-actors-places", importlib.metadata.version("kg-actors-places"))
    requirements = [Requirement(line) for line in importlib.metadata.requires("kg-actors-places") or ()]
    for requirement in sorted(requirements, key=lambda requirement: requirement.name.lower()):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        mend = f"pip install '{requirement.name}{requirement.specifier}'"
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(False, requirement.name, "not installed", mend)
            continue
        fits = requirement.specifier.contains(version, prereleases=True)
        detail = version if fits else f"{version}, but kg needs {requirement.specifier}"
        yield Finding(fits, requirement.name, detail, None if fits else mend)


def _extras() -> Iterator[Finding]:
    """What can be installed besides, by extra; one that is missing is no fault."""
    from packaging.requirements import Requirement

    requirements = [Requirement(line) for line in importlib.metadata.requires("kg-actors-places") or ()]
    extras = importlib.metadata.metadata("kg-actors-places").get_all("Provides-Extra") or []
    for extra in sorted(set(extras) - {"dev"}):
        wanted = sorted(
            requirement.name
            for requirement in requirements
            if requirement.marker and requirement.marker.evaluate({"extra": extra})
        )
        missing = [name for name in wanted if not _installed(name)]
        detail = f"without {', '.join(missing)}" if missing else ", ".join(wanted)
        mend = f"pip install 'kg-actors-places[{extra}]'"
        yield Finding(True, f"extra {extra}", detail, mend if missing else None)


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _model(name: str) -> Iterator[Finding]:
    from kg.errors import ModelError
    from kg.parse import models

    what = f"model {name}"
    try:
        found = models.model_hash(name)
    except ModelError:
        yield Finding(False, what, "not installed", models.install_command(name))
        return
    detail = f"{models.version_of(name) or 'unknown version'}, sha256 {found[:16]}…"
    pinned = models.pinned_hash(name)
    if pinned is None:
        yield Finding(True, what, f"{detail} (kg's figures were measured with another model)")
    elif found == pinned:
        yield Finding(True, what, f"{detail}, every file as it was measured")
    else:
        remedy = models.install_command(name).replace("install", "install --force-reinstall --no-deps", 1)
        yield Finding(False, what, f"{detail}, but {pinned[:16]}… is what was measured: files have changed", remedy)


def _data() -> Iterator[Finding]:
    from kg import resources

    folder = resources.ontology()
    remedy = "pip install --force-reinstall --no-deps kg-actors-places"
    for name in ("kg.ttl", "shapes.ttl", "context.jsonld"):
        there = (folder / name).is_file()
        yield Finding(there, f"ontology {name}", "there" if there else f"not in {folder}", None if there else remedy)
    queries = len(sorted((folder / "queries").glob("*.rq")))
    yield Finding(queries > 0, "named queries", str(queries), None if queries else remedy)
    yield Finding(True, "languages", ", ".join(resources.languages()))


def _places() -> Finding:
    from kg.errors import GazetteerError
    from kg.link import gazetteer

    try:
        table = gazetteer.read_table(gazetteer.FILE)
    except GazetteerError as error:
        return Finding(False, "places", str(error).removesuffix(f": {gazetteer.REMEDY}"), gazetteer.REMEDY)
    return Finding(True, "places", f"{table.rows:,} of GeoNames")


def _plugins() -> Iterator[Finding]:
    from kg import plugins

    for group in plugins.GROUPS:
        names = ", ".join(plugins.available(group))
        yield Finding(True, group, names or "none")
