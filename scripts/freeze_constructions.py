"""Freeze the parses of the sentences in the tables of the tests, so that the rules are tested without a model.

    python scripts/freeze_constructions.py [--show]

The tables are tests/extract/constructions.toml and tests/link/names.toml; writes a file in tests/parses for each.
`--show` prints what the rules make of each sentence, to be read before it goes into the table. Run it after a sentence
was added or the default model changed.
"""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from kg.extract.assemble import Stages, annotate_pieces
from kg.model import Document
from kg.parse import models
from kg.parse.frozen import FrozenParse, freeze, thaw
from kg.pipeline import Annotator
from kg.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
TABLES = {
    "constructions": ROOT / "tests" / "extract" / "constructions.toml",
    "named": ROOT / "tests" / "link" / "names.toml",
}
PARSES = ROOT / "tests" / "parses"


def main() -> None:
    """Write the frozen parses; with --show also what comes out."""
    nlp = models.load("en_core_web_md")
    for name, table in TABLES.items():
        cases = tomllib.loads(table.read_text(encoding="utf-8"))["case"]
        frozen = {case["text"]: freeze(nlp(case["text"])) for case in cases}
        lines = (
            f"{json.dumps(text)}: {json.dumps(parse, ensure_ascii=False)}" for text, parse in sorted(frozen.items())
        )
        (PARSES / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        if "--show" in sys.argv and name == "constructions":
            show(cases, frozen)


def show(cases: list[dict[str, Any]], frozen: dict[str, FrozenParse]) -> None:
    """Print what the rules make of each sentence."""
    sys.path.insert(0, str(ROOT))
    from tests.extract.told import told

    stages, run = Stages.load(Settings()), Annotator().run
    for case in cases:
        document = Document("case", case["text"], date=case.get("date"))
        annotation = annotate_pieces(document, [(thaw(frozen[case["text"]]), 0)], stages, run)
        sys.stdout.write("\n".join([case["text"], *(f"    {line}" for line in told(annotation)), ""]))


if __name__ == "__main__":
    main()
