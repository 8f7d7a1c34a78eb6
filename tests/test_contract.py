"""The model's fields are the keys of the contract, letter by letter."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kg import model, resources
from kg.serial import to_json

Schema = dict[str, Any]


@pytest.fixture(scope="module")
def schema() -> Schema:
    return json.loads(resources.contract().read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _record(schema: Schema, path: str) -> Schema:
    for part in path.split("/"):
        schema = schema[part]
    return schema


PLACES = {
    model.Annotation: "properties",
    model.Mention: "properties/mentions/items/properties",
    model.Entity: "properties/entities/items/properties",
    model.Triple: "properties/triples/items/properties",
    model.Predicate: "properties/triples/items/properties/predicate/properties",
    model.Quote: "properties/quotes/items/properties",
    model.Argument: "$defs/argument/properties",
    model.Run: "properties/run/properties",
}


@pytest.mark.parametrize("record", PLACES, ids=lambda record: record.__name__)
def test_fields_are_the_keys_of_the_schema(record: type, schema: Schema) -> None:
    fields = {field.name for field in dataclasses.fields(record)}
    assert fields == set(_record(schema, PLACES[record]))


@pytest.mark.parametrize("record", PLACES, ids=lambda record: record.__name__)
def test_required_keys_have_no_default(record: type, schema: Schema) -> None:
    """A key that holds its default is not written, so a required key must have none."""
    node = _record(schema, PLACES[record].rpartition("/")[0]) if "/" in PLACES[record] else schema
    bare = {field.name for field in dataclasses.fields(record) if field.default is dataclasses.MISSING}
    assert set(node.get("required", ())) <= bare


def test_closed_sets_are_those_of_the_schema(schema: Schema) -> None:
    triple = _record(schema, PLACES[model.Triple])
    assert set(model.Modality.__args__) == set(triple["modality"]["enum"])  # type: ignore[attr-defined]
    roles = set(_record(schema, PLACES[model.Argument])["role"]["enum"]) - {None}
    assert set(model.Role.__args__) == roles  # type: ignore[attr-defined]
    kinds = _record(schema, PLACES[model.Mention])["kind"]["enum"]
    assert set(model.MentionKind.__args__) == set(kinds)  # type: ignore[attr-defined]


def test_a_written_line_is_valid(schema: Schema) -> None:
    """The smallest triple that the records allow: every key that the contract requires is written all the same."""
    text = "Rain fell."
    annotation = model.Annotation(
        id="a",
        text=text,
        mentions=(model.Mention("m1", 0, 4, "Rain", "nominal", "e1"),),
        entities=(model.Entity("e1", "https://example.org/e1", "Entity", ("Entity",), "Rain"),),
        triples=(
            model.Triple(
                id="t1",
                subject=model.Argument("Rain", 0, 4, "e1"),
                predicate=model.Predicate("fell", "fall", None, False, 5, 9),
                object=None,
                arguments=(),
                negated=False,
                modality="asserted",
                attribution=None,
                confidence=0.5,
                start=0,
                end=10,
            ),
        ),
        quotes=(model.Quote(0, 10, text, None, True),),
        sentences=((0, 10),),
        run=model.Run("0", "m", "h", "s"),
    )
    jsonschema.validate(json.loads(to_json(annotation)), schema)


@pytest.mark.shared
def test_the_copy_only_adds_optional_keys(shared: Path, schema: Schema) -> None:
    theirs = json.loads((shared / "contract" / "annotation.schema.json").read_text(encoding="utf-8"))
    assert _without_descriptions(theirs) == _common(_without_descriptions(schema), _without_descriptions(theirs))


def _without_descriptions(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_descriptions(value) for key, value in node.items() if key != "description"}
    return [_without_descriptions(value) for value in node] if isinstance(node, list) else node


def _common(ours: Any, theirs: Any) -> Any:
    """What is left of `ours` without the keys that `theirs` does not have."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {key: _common(ours[key], theirs[key]) for key in theirs if key in ours}
    return ours
