"""Check an export with FollowTheMoney's own model, and write down the part of the model that the tests hold it against.

    python scripts/check_followthemoney.py graph.ftm.json
    python scripts/check_followthemoney.py --write tests/export/followthemoney_model.json

It needs `pip install followthemoney`, in any environment: that needs PyICU, which has no wheel and wants a compiler and
libicu-dev, so it is no dependency of the tests.
"""

import argparse
import json
import sys
from pathlib import Path

from followthemoney import model
from followthemoney.exc import InvalidData
from followthemoney.proxy import EntityProxy

SCHEMATA = (
    *("Person", "Organization", "PublicBody", "Company", "LegalEntity", "Position", "Address", "Event", "Article"),
    *("Directorship", "Employment", "Membership", "Ownership", "Occupancy", "Family", "UnknownLink"),
)


def faults(path: Path) -> list[str]:
    """Return what the model refuses in a file of entities: values, unknown names, missing and wrong ends of links."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    kinds = {line["id"]: line["schema"] for line in lines}
    found = []
    for line in lines:
        schema = model.get(line["schema"])
        try:
            schema.validate(line)
            proxy = EntityProxy.from_dict(line, cleaned=False)
        except InvalidData as error:
            found.append(f"{line['id']}: {error.errors if hasattr(error, 'errors') else error}")
            continue
        for name, values in line["properties"].items():
            prop = schema.get(name)
            if prop is None:
                found.append(f"{line['id']}: no property {name} in {schema.name}")
            elif prop.range is not None:
                wrong = [v for v in values if v not in kinds or not model.get(kinds[v]).is_a(prop.range.name)]
                found += [f"{line['id']}: {name} is {kinds.get(value)}" for value in wrong]
            elif len(proxy.get(name)) < len(set(values)) and name not in ("summary", "alias", "name"):
                found.append(f"{line['id']}: {name} lost values: {values} → {proxy.get(name)}")
        found += [f"{line['id']}: lacks {name}" for name in schema.required if not line["properties"].get(name)]
    return found


def described() -> dict[str, object]:
    """Return the schemata that kg writes: what each is, must have and may have, with types and ranges."""
    return {
        name: {
            "is": sorted(schema.names),
            "required": sorted(schema.required),
            "properties": {
                prop_name: prop.range.name if prop.range is not None else prop.type.name
                for prop_name, prop in sorted(schema.properties.items())
                if not prop.stub
            },
        }
        for name in SCHEMATA
        for schema in (model.get(name),)
    }


def main() -> None:
    """Check, or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.write:
        lines = (f"{json.dumps(name)}: {json.dumps(schema)}" for name, schema in described().items())
        given.file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        return
    found = faults(given.file)
    for fault in found[:20]:
        print(fault)
    print(f"{len(found)} faults")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
