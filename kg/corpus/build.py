"""A graph in a folder, built from documents and kept up to date: documents come, change and are taken back.

    DIR/store/              an embedded store, for `kg query`
    DIR/ledger.db           what was read, and who is one with whom: what the next build goes on from
    DIR/corrections.yaml    what people decided, if anything
    DIR/added/              documents that were added by hand, if any: an input of every build
    DIR/report.json         counts, documents that failed, sentences without a triple
    DIR/graph.ttl           all that the documents say, for people and for any store
    DIR/graph.nq            the same with a named graph per document, of entities, contradictions, run and ontology
    DIR/annotations.jsonl   what was read in each document
    DIR/graph.html          the page to look at

The last four are written while the folder is small. What is new is made in a folder beside and moved into place at the
end, so a reader sees the old graph or the new one. What was read is in the ledger as soon as it is read: a build that
is stopped at any moment goes on from there.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg import __version__
from kg.corpus import added, failures, files, opening, reading, storing
from kg.corpus.counting import report
from kg.corpus.deciding import Decided, decide, planned
from kg.corpus.folder import beside, complete, generation, held, recover, replace_into
from kg.corpus.inputs import Given, items
from kg.corpus.ledger import Ledger
from kg.corpus.reading import Item, Step, Taken
from kg.errors import KgError, UsageError
from kg.graph import terms
from kg.graph.corrections import file as corrections_file
from kg.graph.report import Clock, Report
from kg.settings import Settings

# A folder of more documents is large: its files are written on demand only.
LARGE = 1_000
NAMES = ("store", "report.json", *files.NAMES)
# What a folder serves of an earlier graph (kg serve) is made anew when it is asked for.
SERVED = "explorer.db"

Phase = Callable[[str], None]


def build(
    inputs: Iterable[Given],
    out: str | Path,
    settings: Settings | None = None,
    *,
    date: str | None = None,
    columns: Mapping[str, str] | None = None,
    corrections: str | Path | None = None,
    sync: bool = False,
    workers: int = 1,
    files: bool | None = None,
    step: Step | None = None,
    phase: Phase | None = None,
) -> Report:
    """Bring the graph in the folder `out` up to date with the inputs; return what was done.

    An input is what `kg annotate` reads (files, folders, globs, "-"), or a file that it wrote: annotations are taken as
    they are, and no model is loaded. It can be a Document or an Annotation itself, or an error in the place of one.
    Documents that are new or have changed are read, the others of the folder stay; with `sync` those are taken back
    that the inputs no longer hold, but for those added by hand. Without inputs what people decided is applied.

    Args:
        inputs: files, folders, globs, "-", documents, annotations.
        out: the folder of the graph.
        settings: those with which the folder was built if none are given; others read all its documents again.
        date: the publication date (ISO 8601) of documents without one.
        columns: which columns of tables, or keys of JSON lines, hold the fields: {"text": "story"}.
        corrections: a file of what people decided; corrections.yaml in `out` if none is named.
        sync: take back what the inputs don't hold.
        workers: so many processes read and write. They are spawned: a script needs `if __name__ == "__main__":`.
        files: write Turtle, N-Quads, annotations and the page too; None: while there are at most 1,000 documents.
        step: is called with each document that was read, each error, and None for each document that was there.
        phase: is called with the name of what is done after the last.

    Raises:
        CorrectionError: the corrections can't be read, or contradict each other; the graph stays as it was.
        StoreError: the folder can't be written, or another build is writing there.
        UsageError: no input, `sync` without any document, a base that nothing can be put behind, no such corrections.
    """
    given = None if corrections is None else Path(corrections)
    if given is not None and not given.is_file():
        raise UsageError(f"no such file of corrections: {given}")
    options = _Options(given, workers, files, step or _nothing, phase or _nothing)
    return _Building(Path(out), settings, options).run(
        items(inputs, date=date, columns=columns), sync=sync, anything=inputs not in ((), [])
    )


def retract(
    out: str | Path,
    documents: Sequence[str],
    *,
    workers: int = 1,
    files: bool | None = None,
    phase: Phase | None = None,
) -> Report:
    """Take documents back by their ids, with all that only they support; return what was done.

    Raises:
        UsageError: the folder has no graph, or not all of these documents; nothing is taken back.
        StoreError: the folder can't be written, or another build is writing there.
    """
    folder = Path(out)
    with opening.reading(folder) as known:
        # One that was taken back when a build was killed is not there, but its graph is: this one finishes it.
        halfway = set(known.pending("graph"))
        missing = [
            name for name in documents if known.known(name) is None and terms.document(known.base, name) not in halfway
        ]
    if missing:
        raise UsageError(f"{out} has no document {', '.join(map(repr, missing))}; nothing is taken back")
    options = _Options(None, workers, files, _nothing, phase or _nothing)
    return _Building(folder, None, options).run((), sync=False, gone=documents, anything=True)


def settings_of(known: Ledger) -> Settings:
    """Return the settings with which a folder was built; the default where it is new."""
    noted = known.meta("settings")
    return Settings(**json.loads(noted)) if noted else Settings()


def current(ledger: Ledger, file: Path) -> Decided:
    """Return the documents of a ledger as its graph has them, with what the file of corrections says now.

    Raises:
        CorrectionError: the corrections can't be read, or contradict each other.
    """
    return planned(ledger, settings_of(ledger), corrections_file.load(file), file)


def _nothing(_: object) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class _Options:
    """How a build is done; the graph is the same."""

    corrections: Path | None
    workers: int
    files: bool | None
    step: Step
    phase: Phase


class _Building:
    """One build in one folder."""

    def __init__(self, out: Path, given: Settings | None, options: _Options) -> None:
        self._out = out
        self._given = given
        self._options = options
        self._timing: dict[str, float] = {}

    def run(self, found: Iterable[Item | KgError], *, sync: bool, anything: bool, gone: Sequence[str] = ()) -> Report:
        """Take in and back what there is to, then bring the graph up to date; `anything`: there were inputs."""
        clock = Clock(self._timing)
        with held(self._out), opening.opened(self._out) as known:
            recover(known, self._out, NAMES)
            settings = self._settings(known)
            if not anything and not known.count("document") and not added.files(self._out):
                raise UsageError("no input: name files, folders, globs or - for JSON lines on standard input")
            added.forget(self._out, gone)
            taken, back = self._take(known, settings, found, sync)
            with opening.transaction(known):
                back = [name for name in (*gone, *back) if known.remove(name)]
                if anything and not gone:
                    failures.note(known, taken.failed, sync=sync)
            clock.lap("read and annotate")
            return self._finish(known, settings, taken, len(back), clock)

    def _settings(self, known: Ledger) -> Settings:
        """Return the settings, and mark all documents where they are others than before."""
        settings = self._given or settings_of(known)
        terms.check_base(settings.base)
        known.base = settings.base
        made = f"{__version__} {settings.fingerprint()}"
        if known.meta("made") != made:
            with opening.transaction(known):
                known.db.execute("UPDATE document SET stale = 1 WHERE NOT twin")
                known.note("settings", json.dumps(asdict(settings)))
                known.note("base", settings.base)
                known.note("made", made)
        return settings

    def _take(
        self, known: Ledger, settings: Settings, found: Iterable[Item | KgError], sync: bool
    ) -> tuple[Taken, list[str]]:
        """Read what is new; return also what the inputs no longer hold, if that is to go."""
        options = self._options
        taken = reading.take(known, found, settings, options.workers, options.step)
        anything = taken.read or taken.unchanged
        taken += reading.take(known, self._added(known), settings, options.workers, options.step)
        back = reading.unseen(known) if sync else []
        if back and not anything:
            raise UsageError("sync: the inputs hold no document at all, so nothing is taken back")
        gone = set(back)
        others = (item for item in reading.outdated(known, settings) if item.id not in gone)
        again = reading.take(known, others, settings, options.workers, options.step)
        return taken + again, back

    def _added(self, known: Ledger) -> Iterator[Item | KgError]:
        """Yield what was added by hand; what the inputs hold under the same id takes its place for good."""
        replaced = set()
        for item in added.items(self._out):
            if not isinstance(item, KgError) and reading.is_seen(known, item.id):
                replaced.add(item.id)
            else:
                yield item
        added.forget(self._out, replaced)

    def _finish(self, known: Ledger, settings: Settings, taken: Taken, back: int, clock: Clock) -> Report:
        """Resolve, and make store and files."""
        options = self._options
        file = options.corrections or self._out / corrections_file.NAME
        options.phase("resolving")
        with opening.transaction(known):
            decided = decide(known, settings, corrections_file.load(file), file)
        clock.lap("resolve")
        with beside(self._out) as part:
            with opening.transaction(known):
                options.phase("writing")
                storing.store(decided, settings, self._out / "store", part / "store", options.workers)
                clock.lap("store")
                if self._has_files(known):
                    options.phase("drawing the page")
                    files.write(decided, part, settings)
                    clock.lap("files")
                done = report(decided, taken, back, self._timing)
                (part / "report.json").write_text(done.to_json(), encoding="utf-8")
                known.note("generation", str(generation(known) + 1))
                complete(part, generation(known))
            replace_into(self._out, part, (*NAMES, SERVED))
        return done

    def _has_files(self, known: Ledger) -> bool:
        wanted = self._options.files
        return known.count("document", "NOT twin") <= LARGE if wanted is None else wanted
