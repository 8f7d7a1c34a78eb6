"""A store that somebody changes by SPARQL Update: until the next build, which makes it of the documents again."""

from pathlib import Path

from kg.corpus.folder import beside, held, replace_into
from kg.corpus.opening import opened, required, transaction
from kg.corpus.storing import EDITED
from kg.graph import terms
from kg.store import oxigraph


def edit(folder: Path, update: str) -> None:
    """Apply a SPARQL Update to a copy of a folder's store, which takes its place.

    Documents, corrections and the files beside stay as they are, and the next build fills the store anew: what is to
    last is a correction.

    Raises:
        QueryError: it is no update that can be read or run.
        StoreError: the folder can't be written, or a build is writing there.
        UsageError: there is no graph in the folder.
    """
    required(folder)
    with held(folder), opened(folder) as ledger, beside(folder) as part:
        base, loose = ledger.base, terms.graph(ledger.base, "updates")
        oxigraph.rewrite(folder / "store", part / "store", update, terms.prefixes(base), loose)
        with transaction(ledger):
            ledger.note(EDITED, "yes")
        replace_into(folder, part, ["store"])
