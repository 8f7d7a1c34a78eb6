"""Why the documents of a folder mean one entity by a name, or two: read from the ledger."""

from kg.corpus import records
from kg.corpus.ledger import Ledger
from kg.errors import UsageError
from kg.graph import reasons
from kg.graph.reasons import Comparison
from kg.graph.resolve.clusters import Cluster
from kg.naming import canonical_name

_NEAR = """
    SELECT DISTINCT q.cluster FROM profile p JOIN block x ON x.profile = p.n JOIN block y ON y.key = x.key
    JOIN profile q ON q.n = y.profile WHERE p.cluster = ?1 AND q.cluster != ?1
"""


def comparisons(ledger: Ledger, node: str) -> list[Comparison]:
    """Return the pairs behind a node, named by its label or its IRI's end, and those with its namesakes.

    Raises:
        UsageError: no named entity is called so, or several are.
    """
    wanted = node.strip("<>").rpartition("/")[2]
    rows = ledger.db.execute(
        "SELECT n, iri FROM cluster WHERE name = ? OR iri = ? ORDER BY iri",
        (canonical_name(node), f"{ledger.base}entity/{wanted}"),
    ).fetchall()
    if not rows:
        raise UsageError(f"no named entity is called {node!r}: kg entities DIR --find TEXT lists what there is")
    if len(rows) > 1:
        raise UsageError(
            f"{len(rows)} entities are called {node!r}: {', '.join(i.rpartition('/')[2] for _, i in rows)}"
        )
    number = rows[0][0]
    others = (_cluster(ledger, other) for (other,) in ledger.db.execute(_NEAR, (number,)).fetchall())
    return list(reasons.comparisons(_cluster(ledger, number), others))


def _cluster(ledger: Ledger, number: int) -> Cluster:
    rows = ledger.db.execute("SELECT document, data FROM profile WHERE cluster = ?", (number,)).fetchall()
    members = (records.load_profile(ledger.context(document), data) for document, data in rows)
    return Cluster(tuple(sorted(members, key=lambda p: p.key)))
