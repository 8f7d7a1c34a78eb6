"""The explorer's index is made: one pass over the documents, then what was gathered is put in order by SQLite.

Nothing of the whole is held in memory: what documents say goes into a file beside, from which SQLite's own sorting
makes the tables of the index (index.sql). Entities are numbered by how much they are joined, so that whatever is read
in the order of numbers begins with what matters.
"""

import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path

from kg.model import Annotation
from kg.serve import records
from kg.serve.names import folded
from kg.settings import Settings
from kg.view import palette
from kg.view.arrows import arrows_of
from kg.view.claims import STATUSES, Claim, claims_of
from kg.view.drawing import Gathered, gather, node, order

_RAW = """
CREATE TABLE raw.iri (hash INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE TABLE raw.seen (hash INTEGER, document INTEGER, data BLOB);
CREATE TABLE raw.cited (hash INTEGER, claim INTEGER);
CREATE TABLE raw.arrow (
    source INTEGER, target INTEGER, label TEXT, relation TEXT, negated INTEGER, status INTEGER, claim INTEGER
);
CREATE TABLE raw.speaker (claim INTEGER PRIMARY KEY, hash INTEGER);
CREATE TABLE raw.rank (hash INTEGER PRIMARY KEY, n INTEGER, degree INTEGER);
"""
_SEEN = """
SELECT r.n, i.iri, r.degree, s.data FROM raw.seen s JOIN raw.rank r USING (hash) JOIN raw.iri i USING (hash)
ORDER BY r.n, s.document
"""
_RANKED = """
SELECT i.hash, COALESCE(d.degree, 0) AS degree FROM raw.iri i LEFT JOIN (
    SELECT hash, COUNT(*) AS degree FROM (
        SELECT source AS hash, source, target, label, relation, negated FROM raw.arrow
        UNION SELECT target, source, target, label, relation, negated FROM raw.arrow
    ) GROUP BY hash
) d USING (hash) ORDER BY degree DESC, i.iri
"""
_ARROWS = """
SELECT s.n, t.n, a.label, a.relation, a.negated, a.status, a.claim
FROM raw.arrow a JOIN raw.rank s ON s.hash = a.source JOIN raw.rank t ON t.hash = a.target
ORDER BY s.n, t.n, a.label, COALESCE(a.relation, ''), a.negated, a.claim
"""
_TIES = """
INSERT INTO tie SELECT node, -SUM(claims), other FROM (
    SELECT source AS node, target AS other, claims FROM arrow UNION ALL SELECT target, source, claims FROM arrow
) GROUP BY node, other ORDER BY 1, 2, 3
"""

Step = Callable[[object], None]


def make(annotations: Iterable[Annotation], path: Path, key: str, settings: Settings, step: Step) -> None:
    """Write the index of documents, which come in order of their ids, into a new file; `step` is called after each."""
    raw = path.with_name(f"{path.name}.raw")
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("ATTACH ? AS raw", (str(raw),))
            for name in ("main", "raw"):
                db.execute(f"PRAGMA {name}.journal_mode = OFF")
                db.execute(f"PRAGMA {name}.synchronous = OFF")
                db.execute(f"PRAGMA {name}.cache_size = -65536")
            db.executescript((Path(__file__).parent / "index.sql").read_text(encoding="utf-8") + _RAW)
            db.execute("BEGIN")
            _Pass(db, settings).read(annotations, step)
            _order(db)
            db.execute("INSERT INTO meta VALUES ('key', ?)", (key,))
            db.execute("COMMIT")
            db.execute("ANALYZE main")
    finally:
        raw.unlink(missing_ok=True)


class _Pass:
    """The pass over the documents."""

    def __init__(self, db: sqlite3.Connection, settings: Settings) -> None:
        self._db = db
        self._settings = settings
        self._claims = count()

    def read(self, annotations: Iterable[Annotation], step: Step) -> None:
        """Keep what each document says."""
        for number, annotation in enumerate(annotations):
            self._document(number, annotation)
            claims = claims_of(annotation, self._settings)
            for claim in sorted(claims, key=lambda claim: (claim.start, claim.end, order(claim))):
                self._claim(next(self._claims), number, claim)
            gathered: dict[str, Gathered] = {}
            gather(annotation, gathered, self._settings)
            self._gathered(number, gathered)
            step(annotation)

    def _document(self, number: int, annotation: Annotation) -> None:
        row = (number, annotation.id, annotation.title, annotation.date, annotation.url, records.body(annotation))
        self._db.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", row)

    def _claim(self, n: int, document: int, claim: Claim) -> None:
        status = STATUSES.index(claim.status)
        begin, end = (None, None) if claim.when is None else (claim.when.begin, claim.when.end)
        self._db.execute(
            "INSERT INTO claim VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?, ?)",
            (n, document, claim.start, claim.relation, status, claim.confidence, begin, end, records.dump_claim(claim)),
        )
        if claim.speaker is not None:
            self._db.execute("INSERT INTO raw.speaker VALUES (?, ?)", (n, _hash(claim.speaker)))
        self._db.executemany("INSERT INTO raw.cited VALUES (?, ?)", ((_hash(iri), n) for iri in claim.iris))
        self._db.executemany(
            "INSERT INTO raw.arrow VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (_hash(arrow.source), _hash(arrow.target), arrow.label, arrow.relation, arrow.negated, status, n)
                for arrow in dict.fromkeys(arrows_of(claim))
                if arrow.source != arrow.target
            ),
        )

    def _gathered(self, document: int, gathered: dict[str, Gathered]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO raw.iri VALUES (?, ?)", ((_hash(iri), iri) for iri in gathered))
        self._db.executemany(
            "INSERT INTO raw.seen VALUES (?, ?, ?)",
            ((_hash(iri), document, pickle.dumps(known)) for iri, known in gathered.items()),
        )


def _order(db: sqlite3.Connection) -> None:
    """Make the tables of the index from what was kept."""
    ranked = db.cursor().execute(_RANKED)
    db.executemany("INSERT INTO raw.rank VALUES (?, ?, ?)", ((hashed, n, d) for n, (hashed, d) in enumerate(ranked)))
    db.execute("INSERT INTO cited SELECT r.n, c.claim FROM raw.cited c JOIN raw.rank r USING (hash) ORDER BY 1, 2")
    db.execute("UPDATE claim SET speaker = r.n FROM raw.speaker s JOIN raw.rank r USING (hash) WHERE s.claim = claim.n")
    db.execute("CREATE INDEX claim_speaker ON claim (speaker) WHERE speaker IS NOT NULL")
    _arrows(db)
    db.execute(_TIES)
    _entities(db)


def _arrows(db: sqlite3.Connection) -> None:
    read = db.cursor().execute(_ARROWS)
    for n, (same, rows) in enumerate(groupby(read, itemgetter(0, 1, 2, 3, 4))):
        said = [(status, claim) for *_, status, claim in rows]
        firmest = min(status for status, _ in said)
        db.execute("INSERT INTO arrow VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (n, *same, firmest, len(said)))
        db.executemany("INSERT INTO arrow_claim VALUES (?, ?)", ((n, claim) for _, claim in said))
    db.execute("CREATE INDEX arrow_source ON arrow (source, target)")
    db.execute("CREATE INDEX arrow_target ON arrow (target)")


@dataclass(slots=True)
class _Whole:
    """All that is known of one entity."""

    n: int
    iri: str
    degree: int
    known: Gathered


def _entities(db: sqlite3.Connection) -> None:
    for whole in _wholes(db):
        claims = db.execute(
            "SELECT DISTINCT d.id, c.start"
            " FROM cited JOIN claim c ON c.n = cited.claim JOIN document d ON d.n = c.document WHERE entity = ?",
            (whole.n,),
        )
        (told,) = db.execute("SELECT COUNT(*) FROM cited WHERE entity = ?", (whole.n,)).fetchone()
        drawn = node(whole.iri, whole.known, whole.degree, (), set(claims))
        family = palette.family_of(drawn.types).name
        begin = None if drawn.when is None else drawn.when.begin
        db.execute(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                whole.n, drawn.iri, drawn.name, drawn.type, family, drawn.degree, told, drawn.mentioned,
                drawn.latitude, drawn.longitude, begin, records.dump_node(drawn),
            ),
        )  # fmt: skip
        names = (folded(drawn.name), "\n".join(map(folded, sorted(whole.known.names))))
        db.execute("INSERT INTO names (rowid, name, alias) VALUES (?, ?, ?)", (whole.n, *names))


def _wholes(db: sqlite3.Connection) -> Iterator[_Whole]:
    whole: _Whole | None = None
    for n, iri, degree, data in db.cursor().execute(_SEEN):
        known: Gathered = pickle.loads(data)  # noqa: S301 — written by this process a moment ago
        if whole is not None and whole.n == n:
            whole.known.add(known)
        else:
            if whole is not None:
                yield whole
            whole = _Whole(n, iri, degree, known)
    if whole is not None:
        yield whole


def _hash(iri: str) -> int:
    """Return a number for an IRI that no other has, for all that matters: one in a million graphs of a million IRIs."""
    return int.from_bytes(blake2b(iri.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)
