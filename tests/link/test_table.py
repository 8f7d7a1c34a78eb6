"""The file format of the gazetteer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.table import MAGIC, Row, Table, pack

WORDS = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=6)
ROWS = st.lists(
    st.builds(
        Row,
        name=WORDS,
        type=st.just("City"),
        feature=st.just("PPL"),
        latitude=st.none() | st.integers(-90_000, 90_000).map(lambda n: n / 1000),
        longitude=st.integers(-180_000, 180_000).map(lambda n: n / 1000),
        country=st.just("FR"),
        population=st.integers(0, 10**9),
        geonames=st.integers(1, 10**7),
        parent=st.just(-1),
    ),
    max_size=400,
    unique_by=lambda row: row.geonames,
)


@given(ROWS)
def test_rows_come_back_as_they_went_in(rows: list[Row]) -> None:
    table = Table(pack(rows, [(row.name, i) for i, row in enumerate(rows)]))
    for i, row in enumerate(rows):
        got = table.row(i)
        if row.latitude is None:
            assert (got.latitude, got.longitude) == (None, None)
        else:
            assert got == row
        assert i in table.numbers(row.name)
        assert table.number_of(row.geonames) == i
    assert table.numbers("nowhere at all") == ()
    assert table.number_of(0) is None


def test_one_key_finds_all_its_rows_in_order() -> None:
    rows = [Row(f"n{i}", "City", "PPL", 1.0, 2.0, "FR", 0, i + 1, -1) for i in range(500)]
    table = Table(pack(rows, [("springfield", i) for i in range(500)] + [("a", 3), ("a", 1)]))
    assert table.numbers("springfield") == tuple(range(500))
    assert table.numbers("a") == (1, 3)


def test_types_follow_from_features() -> None:
    rows = [
        Row("x", kind, feature, 1.0, 2.0, "", 0, 0, -1) for kind, feature in [("Country", "PCLI"), ("Region", "ADM2")]
    ]
    table = Table(pack(rows, []))
    assert [table.row(i).type for i in range(2)] == ["Country", "Region"]


DATA = pack([Row("x", "City", "PPL", 1.0, 2.0, "", 0, 1, -1)], [("x", 0)])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "does not begin with"),
        (b"PK" + DATA, "does not begin with"),
        (DATA.replace(b"gazetteer 2", b"gazetteer 1"), "does not begin with 'kg gazetteer 2'"),
        (DATA[: len(MAGIC)], "cut short in its first lines"),
        (DATA[: len(MAGIC) + 20] + b"\n", "Unterminated|delimiter|Expecting"),
        (DATA[:-3], f"should have {len(DATA)} bytes and has {len(DATA) - 3}"),
        (DATA + b"x", f"should have {len(DATA)} bytes and has {len(DATA) + 1}"),
        (DATA[:-1] + bytes([DATA[-1] ^ 1]), "its bytes have changed"),
    ],
)
def test_other_and_damaged_files_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Table(data)


def test_a_table_knows_how_many_places_it_has() -> None:
    assert Table(DATA).rows == 1
