"""Which columns of a table hold the fields of a document.

A column that is called as in the contract (`text`, `id`, `title`, `date`, `url`, `language`) holds that field, whether
its name is in capitals or not. Where there is none, common other names are known ("content", "Publish Date", "link").
Two that would do are an error: a guess could take the summary for the article.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from kg.errors import UsageError
from kg.read.base import FIELDS

OTHER_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("docid", "documentid", "articleid"),
        "text": ("content", "body", "article", "fulltext", "articletext", "articlebody", "maintext"),
        "title": ("headline", "heading"),
        "date": (
            "published",
            "publishdate",
            "publisheddate",
            "publishedat",
            "publicationdate",
            "pubdate",
            "datepublish",
        ),
        "url": ("link", "sourceurl", "articleurl"),
        "language": ("lang",),
    }
)
HINT = "name it with --columns {field}=NAME"


def parse(given: str) -> dict[str, str]:
    """The columns that an option names by field: "text=story,date=day" → {"text": "story", "date": "day"}.

    >>> parse("text=story, date=Day of issue")
    {'text': 'story', 'date': 'Day of issue'}

    Raises:
        UsageError: a part is no field=column, or a field comes twice.
    """
    found: dict[str, str] = {}
    for part in given.split(","):
        field, _, column = (word.strip() for word in part.partition("="))
        if field not in FIELDS or not column:
            raise UsageError(f"--columns: {part.strip()!r} is not FIELD=NAME with one of {', '.join(FIELDS)}")
        if field in found:
            raise UsageError(f"--columns: {field!r} comes twice")
        found[field] = column
    return found


def resolve(header: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """The number of the column that holds each field, `text` among them; fields without a column are left out.

    >>> resolve(["ID", "Headline", "content", "tags"], {})
    {'id': 0, 'text': 2, 'title': 1}
    >>> resolve(["body", "content"], {"text": "content"})
    {'text': 1}

    Raises:
        LookupError: no column holds the text.
        ValueError: a given column is missing, or several could hold a field.
    """
    found: dict[str, int] = {}
    for field in FIELDS:
        if field in given:
            places = [at for at, name in enumerate(header) if name == given[field]]
        else:
            places = [at for at, name in enumerate(header) if name.strip().lower() == field]
            places = places or [at for at, name in enumerate(header) if _plain(name) in OTHER_NAMES[field]]
            places = [at for at in places if header[at] not in given.values()]
        if len(places) > 1:
            names = " and ".join(repr(header[at]) for at in places)
            raise ValueError(f"the columns {names} could each be the {field}: {HINT.format(field=field)}")
        if places:
            found[field] = places[0]
        elif field in given:
            raise ValueError(f"no column {given[field]!r} (columns: {listed(header)})")
        elif field == "text":
            raise LookupError(f"no column 'text' (columns: {listed(header)}): {HINT.format(field=field)}")
    return found


def listed(header: Sequence[str]) -> str:
    """The names of the columns for a message, at most 20 of them.

    >>> listed(["id", "Körper"]), listed([])
    ("'id', 'Körper'", 'none')
    """
    names = [repr(name[:40]) for name in header[:20]] + (["…"] if len(header) > 20 else [])
    return ", ".join(names) or "none"


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).lower()
