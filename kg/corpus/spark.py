"""A corpus on many machines with Spark: read, annotate, resolve, and write the graph as partitions of N-Quads.

    OUT/annotations/part-00000.jsonl   what was read in each document
    OUT/quads/*.nq                     the graph: documents, entities, contradictions, decisions, run, ontology
    OUT/failed/, OUT/gaps/             documents that are not in it, sentences that gave nothing, all of them
    OUT/report.json                    counts, and the first of those
    OUT/_SUCCESS                       everything above is whole

OUT is a folder that all machines see. Parts that are annotated stay so: after an interruption, or when only the
corrections have changed, the same command goes on from there. The core knows nothing of Spark, see kg.corpus.parts.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.corpus import records
from kg.corpus.final import Final
from kg.corpus.parts import Job, rows, whole
from kg.corpus.spark_decisions import directory, plan
from kg.corpus.spark_identities import resolve
from kg.corpus.spark_nodes import Row, Written, told, write_contradictions, write_entities
from kg.corpus.spark_reading import read
from kg.corpus.spark_session import connected
from kg.corpus.totals import Totals
from kg.errors import UsageError
from kg.graph import schema, terms
from kg.graph.contribution import lines, quads
from kg.graph.corrections import file as corrections_file
from kg.graph.corrections.apply import decision_facts
from kg.graph.corrections.plan import Plan, constraints
from kg.graph.places import read as read_places
from kg.graph.provenance import run_facts, source_facts
from kg.graph.report import Clock, Failure, Gap, Report
from kg.graph.resolve.clusters import Constraints
from kg.model import Run
from kg.read.base import day
from kg.settings import Settings

if TYPE_CHECKING:
    from pyspark import RDD, SparkContext

# The report names so many failures and gaps; the folders have all.
NAMED = 1000
SUCCESS = "_SUCCESS"


def build(
    inputs: Sequence[str | Path],
    out: str | Path,
    settings: Settings | None = None,
    *,
    master: str,
    date: str | None = None,
    corrections: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    partitions: int | None = None,
    compress: bool = False,
) -> Report:
    """Build the graph of the inputs as partitions in the folder `out`, with the Spark at `master`.

    `columns` says which columns of tables hold which field. `partitions` is the least number of parts; as a rule it
    follows from the size of the inputs and the cores. `compress` writes the quads as gzip.

    Raises:
        UsageError: PySpark or Java is missing, the master can't be reached, an input or setting can't be used.
        CorrectionError: the corrections can't be read, or contradict each other.
        StoreError: the folder can't be written.
    """
    settings = settings or Settings()
    terms.check_base(settings.base)
    if not inputs:
        raise UsageError("no input: name files or folders")
    if corrections is not None and not Path(corrections).is_file():
        raise UsageError(f"no such file of corrections: {corrections}")
    job = Job(str(Path(out).absolute()), settings, _day(date), tuple(sorted((columns or {}).items())), compress)
    file = Path(out) / corrections_file.NAME if corrections is None else Path(corrections)
    with connected(master) as context:
        return _Run(context, job).run(inputs, partitions, file)


def _day(date: str | None) -> str | None:
    try:
        return day(date)
    except ValueError as error:
        raise UsageError(str(error)) from None


class _Run:
    """One run, step by step; nothing of it grows with the corpus."""

    def __init__(self, context: "SparkContext", job: Job) -> None:
        self._context = context
        self._job = job
        self._out = Path(job.out)
        self._timing: dict[str, float] = {}

    def run(self, inputs: Sequence[str | Path], partitions: int | None, file: Path) -> Report:
        """Read, annotate, resolve and write."""
        clock = Clock(self._timing)
        decided = corrections_file.load(file)
        (self._out / SUCCESS).unlink(missing_ok=True)
        count, width, unread = read(self._context, self._job, inputs, partitions)
        clock.lap("read and annotate")
        self._context.setCheckpointDir((self._out / "work" / "checkpoints").as_uri())
        parts = self._context.parallelize(range(count), max(1, count))
        named = directory(parts, self._job, decided) if decided else None
        rules = Constraints() if named is None else constraints(decided, named, file)
        resolved = resolve(parts, self._job, rules, width)
        made = Plan() if named is None else plan(resolved, self._job, decided, named, file)
        final = Final(self._job.settings, made)
        clock.lap("resolve")
        written = self._entities(told(self._job, resolved, final, max(1, count), width))
        clock.lap("graph")
        totals = self._totals()
        totals.failed[:0] = unread
        quads = written.quads + self._contradictions(written, width) + self._others(totals, made)
        clock.lap("write")
        return self._done(self._report(totals, written, quads, made))

    def _entities(self, told: "RDD[Row]") -> Written:
        written = Written()
        for one in told.mapPartitionsWithIndex(partial(write_entities, self._job)).collect():
            written.add(one)
        return written

    def _contradictions(self, written: Written, width: int) -> int:
        """Write what contradicts what; return the number of quads."""
        if not written.disputes:
            return 0
        task = partial(write_contradictions, self._job, read_places(written.places))
        return int(self._context.parallelize(range(width), width).map(task).sum())

    def _others(self, totals: Totals, made: Plan) -> int:
        """Write the graphs that are no documents', and whose data the entities are; return the number of quads."""
        base = self._job.settings.base
        found = {
            terms.graph(base, "entities"): source_facts(base),
            terms.graph(base, "corrections"): decision_facts(made, base, totals.added),
            terms.ONTOLOGY_GRAPH: list(schema.facts(self._job.settings.ontology)),
        }
        for run in sorted(totals.runs):
            facts = run_facts(base, records.load(Run, run))
            found[facts[0][0]] = facts
        count = 0
        with whole(self._job.quads("other")) as file:
            for graph, facts in sorted(found.items()):
                file.write(quads(triples := lines(facts), graph).encode())
                count += len(triples)
        return count

    def _totals(self) -> Totals:
        totals = Totals()
        for path in sorted((self._out / "work" / "counts").glob("part-*.jsonl")):
            for row in rows(path):
                totals.add_json(row)
        return totals

    def _report(self, totals: Totals, written: Written, quads: int, made: Plan) -> Report:
        named = ((Failure(row[0], row[1]), row[2]) for row in self._lines("failed"))
        lists: dict[bool, list[Failure]] = {True: [], False: totals.failed}
        for fault, skipped in named:
            if len(lists[skipped]) < NAMED:
                lists[skipped].append(fault)
        return totals.report(
            made,
            self._timing,
            kinds=written.types,
            quads=quads,
            failed=lists[False],
            skipped=lists[True],
            gaps=(Gap(*row) for row in islice(self._lines("gaps"), NAMED)),
            read=totals.counts["documents"],
        )

    def _lines(self, kind: str) -> Iterator[Any]:
        return (row for path in sorted((self._out / kind).glob("part-*.jsonl")) for row in rows(path))

    def _done(self, report: Report) -> Report:
        with whole(self._out / "report.json") as file:
            file.write(report.to_json().encode())
        for left in self._out.glob("*/.*"):
            # What a worker wrote that was killed.
            left.unlink()
        shutil.rmtree(self._out / "work")
        (self._out / SUCCESS).touch()
        return report
