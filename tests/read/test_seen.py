"""The table of what was there before is a dictionary, in fewer bytes."""

import tracemalloc
from contextlib import closing
from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from kg.read.seen import Notes, Table


def key(number: int) -> bytes:
    return blake2b(b"%d" % number, digest_size=16).digest()


@given(st.lists(st.tuples(st.one_of(st.binary(min_size=16, max_size=16), st.integers(0, 40).map(
    lambda n: bytes(8) + n.to_bytes(8, "big"))), st.integers(0, 2**40))))  # fmt: skip
def test_it_is_a_dictionary(items: list[tuple[bytes, int]]) -> None:
    """Half of the keys begin with the same bytes, and so want the same slot."""
    table, expected = Table(), dict(items)
    for name, value in items:
        table.put(name, value)
    assert len(table) == len(expected)
    assert {name: table.get(name) for name in expected} == expected
    assert table.get(b"\xff" * 16) == expected.get(b"\xff" * 16)


def test_it_grows_and_takes_few_bytes_a_document() -> None:
    count = 10_000
    tracemalloc.start()
    table = Table()
    for number in range(count):
        table.put(key(number), number)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken / count < 72
    assert all(table.get(key(number)) == number for number in range(0, count, 97))
    assert table.get(key(count)) is None


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.text("ab\n\0"))))
def test_notes_are_found_again(pairs: list[tuple[str, str]]) -> None:
    with closing(Notes()) as notes:
        places = [notes.add(*pair) for pair in pairs]
        for at, pair in zip(places, pairs, strict=True):
            assert notes.read(at) == [part.replace("\0", " ").replace("\n", " ") for part in pair]
