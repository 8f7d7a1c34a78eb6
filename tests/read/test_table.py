"""Tables: what is wrong with one row does not touch the others."""

import csv
import datetime
import io
import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, NoTextError, UsageError
from kg.model import Document
from kg.read import columns, table

from .pages import documents


def rows(data: str | bytes, **given_columns: str) -> list[Document | InputError]:
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return documents(table.read_csv(file, source="a.csv", stem="a", columns=given_columns))


def parquet(content: pa.Table, **given_columns: str) -> list[Document | InputError]:
    file = io.BytesIO()
    pq.write_table(content, file, row_group_size=2)
    file.seek(0)
    return documents(table.read_parquet(file, source="a.parquet", stem="a", columns=given_columns))


def test_all_fields_of_the_contract_are_read() -> None:
    head = "id,text,title,date,url,language,more\n"
    assert rows(head + "x,Il pleut.,T,2021-07-01,u,fr,1\n") == [
        Document("x", "Il pleut.", "T", "u", "2021-07-01", "fr")
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_recognised(mark: str) -> None:
    data = mark.join(["Headline", "Content", "Publish Date"]) + "\r\n" + mark.join(["H", "Rain, fell.", "2021-07-01"])
    (found,) = rows("\ufeff" + data.replace("Rain, fell.", '"Rain, fell."'))
    assert found == Document("a-1", "Rain, fell.", "H", None, "2021-07-01")


def test_quotation_marks_and_line_ends_within_a_cell_are_kept() -> None:
    assert rows('text,title\r\n"Rain\r\nfell on ""Calais"".",T\r\n\r\nSnow fell.,\r\n') == [
        Document("a-1", 'Rain\r\nfell on "Calais".', "T"),
        Document("a-2", "Snow fell."),
    ]


@pytest.mark.parametrize(
    ("row", "line", "expected"),
    [
        ("Hail fell.,T,x", 4, "the row has 3 cells, but there are 2 columns"),
        ("Hail fell.", 4, "the row has 1 cells, but there are 2 columns"),
        ('"Hail" fell.,T', 4, "a row that is not CSV: ',' expected after '\"'"),
        (",T", 4, "the text is empty"),
        (b"Hail fell on Orl\xe9ans.,T", 4, "not UTF-8: convert the file with iconv"),
        ("Hail \x00 fell.,T", None, ""),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(row: str | bytes, line: int | None, expected: str) -> None:
    raw = row.encode() if isinstance(row, str) else row
    found = rows(b'text,title\n"Rain\nfell.",T\n' + raw + b"\nSnow fell.,T\n")
    assert (
        [item.id for item in found if isinstance(item, Document)] == ["a-1", "a-3"] if line else ["a-1", "a-2", "a-3"]
    )
    if line:
        assert str(found[1]).startswith(f"a.csv, line {line}: {expected}")


def test_a_quotation_mark_without_end_is_said_where_it_begins() -> None:
    first, error = rows('text,title\nRain fell.,T\n"Snow fell.,T\nHail fell.,T\n')
    assert isinstance(first, Document)
    assert str(error) == "a.csv, line 3: a row that is not CSV: unexpected end of data"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", "a.csv, line 1: the file is empty"),
        ("id,story\n1,Rain.\n", "no column 'text' (columns: 'id', 'story'): name it with --columns text=NAME"),
        ("body,content\nRain.,Rain.\n", "the columns 'body' and 'content' could each be the text"),
        ("text,Text\nRain.,Rain.\n", "the columns 'text' and 'Text' could each be the text"),
        ("text,published,pubdate\n1,2,3\n", "could each be the date: name it with --columns date=NAME"),
        ("text\n", "a.csv: the table has no rows"),
        ("text\nRain.".encode("utf-16"), "the table is in UTF-16"),
    ],
)
def test_a_table_that_can_not_be_read_is_one_error(data: str | bytes, expected: str) -> None:
    (error,) = rows(data)
    assert isinstance(error, InputError)
    assert expected in str(error)
    assert isinstance(error, NoTextError) == ("no column 'text'" in expected)


def test_columns_can_be_named() -> None:
    assert rows("story,text,day\nRain fell.,x,2021-07-01\n", text="story", date="day") == [
        Document("a-1", "Rain fell.", None, None, "2021-07-01")
    ]
    (error,) = rows("story\nRain fell.\n", text="Story")
    assert str(error) == "a.csv, line 1: no column 'Story' (columns: 'story')"


@pytest.mark.parametrize("given_option", ["text", "text=", "author=x", "text=a,text=b", ""])
def test_wrong_options_are_wrong_usage(given_option: str) -> None:
    with pytest.raises(UsageError, match="--columns"):
        columns.parse(given_option)


def test_a_long_line_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_BYTES", 2**20)
    found = rows(b"text\nRain fell.\n" + b"x" * 2**22)
    assert isinstance(found[0], Document)
    assert str(found[1]) == "a.csv, line 3: a line is longer than 1 MiB"


def test_a_cell_longer_than_the_limit_of_the_module_is_read() -> None:
    (found,) = rows("text\n" + "Rain fell. " * 50_000 + "\n")
    assert isinstance(found, Document)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(lambda text: f"R{text}")


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), st.sampled_from(table.DELIMITERS))
def test_what_the_csv_module_writes_is_read(cells: list[tuple[str, str]], mark: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([("text", "title"), *cells])
    assert [(item.text, item.title) for item in rows(out.getvalue()) if isinstance(item, Document)] == cells


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_stop_the_reader(data: bytes) -> None:
    rows(b"text,title\n" + data)
    rows(data)
    documents(table.read_parquet(io.BytesIO(data), source="a", stem="a"))


def test_parquet_types_become_those_of_the_contract() -> None:
    day, moment = datetime.date(2021, 7, 1), datetime.datetime(2021, 7, 2, 23, 59)
    found = parquet(
        pa.table(
            {
                "article": ["Rain fell.", None, "Hail fell.", "Snow fell."],
                "published": pa.array([day, day, None, day]),
                "id": [7, 8, None, 9],
                "tags": [["a"], [], None, ["b"]],
            }
        )
    )
    assert found[0] == Document("7", "Rain fell.", None, None, "2021-07-01")
    assert str(found[1]) == "a.parquet, row 2: 'text' is missing, not a string"
    assert found[2:] == [Document("a-3", "Hail fell."), Document("9", "Snow fell.", None, None, "2021-07-01")]
    (found_moment,) = parquet(pa.table({"text": [b"Rain fell."], "date": [moment]}))
    assert found_moment == Document("a-1", "Rain fell.", None, None, "2021-07-02")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (pa.table({"story": ["Rain."]}), "a.parquet: no column 'text' (columns: 'story')"),
        (pa.table({"text": pa.array([], pa.string())}), "a.parquet: the table has no rows"),
        (pa.table({"text": [[1]]}), "a.parquet, row 1: 'text' is a list, not a string"),
        (pa.table({"text": [b"\xff"]}), "a.parquet, row 1: not UTF-8"),
    ],
)
def test_parquet_that_holds_no_documents(content: pa.Table, expected: str) -> None:
    (error,) = parquet(content)
    assert str(error).startswith(expected)


def test_damaged_parquet_is_said() -> None:
    file = io.BytesIO()
    pq.write_table(pa.table({"text": ["Rain fell."] * 3}), file)
    data = file.getvalue()
    for broken in (data[:-10], b"", b"PAR1", data[:4] + bytes(len(data) - 60) + data[-56:]):
        found = documents(table.read_parquet(io.BytesIO(broken), source="a", stem="a"))
        assert isinstance(found[-1], InputError)


def test_parquet_is_read_a_batch_at_a_time() -> None:
    """Forty megabytes of text, of which a reader holds a few."""
    file = io.BytesIO()
    text = "Rain fell. " * 1000
    with pq.ParquetWriter(file, pa.schema([("text", pa.string())]), use_dictionary=False, compression="none") as writer:
        for _ in range(40):
            writer.write_table(pa.table({"text": [text] * 100}))
    file.seek(0)
    pool = pa.default_memory_pool()
    before, most = pool.bytes_allocated(), 0
    tracemalloc.start()
    count = 0
    for _ in table.read_parquet(file, source="a", stem="a"):
        count += 1
        most = max(most, pool.bytes_allocated() - before)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 4000
    assert most + peak < 16 * 2**20
