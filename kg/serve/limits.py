"""How much one query may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many are answered at a time.

    seconds    from its start to the last byte of its answer
    rows       rows, or triples, of its answer: more is an error, and never an answer that lacks some
    megabytes  memory, beyond what a process that only has the store open takes
    text       characters of the query
    workers    processes that answer, each one query at a time
    wait       seconds that a query waits for one of them
    waiting    queries that wait at most
    """

    seconds: float = 20.0
    rows: int = 100_000
    megabytes: int = 1_024
    text: int = 250_000
    workers: int = 4
    wait: float = 20.0
    waiting: int = 500
