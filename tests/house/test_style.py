"""The habits of CONTRIBUTING.md that no linter knows."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import grimp
import networkx as nx
import pytest

from kg import errors

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "kg").rglob("*.py"))
PRIVATE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|tmp/plan)/\w")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    is_docstring = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    body = node.body[1:] if is_docstring else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_and_functions_are_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    long = {node.name: lines for node in _functions(path) if (lines := _body_lines(node)) > 45}
    assert not long, "two functions each, please"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_names_are_nouns_of_the_field(path: Path) -> None:
    assert not re.search(r"manager|helper|utils?\b|processor", _name(path))


def test_each_folder_is_a_package() -> None:
    """import-linter does not see folders without `__init__.py`."""
    folders = {path.parent for path in MODULES}
    assert [_name(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_there_are_no_import_cycles() -> None:
    imports = grimp.build_graph("kg", exclude_type_checking_imports=True, cache_dir=None)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for module in sorted(imports.modules):
        graph.add_edges_from((module, other) for other in imports.find_modules_directly_imported_by(module))
    assert [sorted(cycle) for cycle in nx.strongly_connected_components(graph) if len(cycle) > 1] == []


def test_fenced_packages_are_in_few_modules() -> None:
    def importing(package: str) -> set[str]:
        pattern = re.compile(rf"^\s*(?:import|from) {package}\b", re.MULTILINE)
        return {_name(path) for path in MODULES if pattern.search(path.read_text(encoding="utf-8"))}

    assert importing("trafilatura") | importing("lxml") <= {"kg/read/html.py"}
    assert importing("pyarrow") <= {"kg/read/table.py", "kg/export/parquet.py"}
    assert importing("warcio") <= {"kg/read/warc.py"}
    assert importing("py3langid") <= {"kg/read/screen.py"}
    assert importing("pyvis") <= {"kg/view/page.py"}
    assert len(importing("rdflib")) <= 6


def test_the_tree_of_errors_in_the_docstring_is_the_real_one() -> None:
    def drawn(error: type[Exception], indent: str = "") -> Iterator[str]:
        children = error.__subclasses__()
        for child in children:
            last = child is children[-1]
            yield f"{indent}{'└── ' if last else '├── '}{child.__name__}"
            yield from drawn(child, indent + ("    " if last else "│   "))

    documented = [line.split("  ")[0] if "── " not in line else line for line in (errors.__doc__ or "").splitlines()]
    tree = [re.match(r"([│├└─ ]*── \w+)", line) for line in documented]
    assert [found[1] for found in tree if found] == list(drawn(errors.KgError))


def test_nothing_names_a_machine() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    text = (ROOT / name for name in tracked if not name.endswith((".bin", ".png", ".gz", ".ipynb")))
    found = [_name(path) for path in text if path.is_file() and PRIVATE_PATHS.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_scripts_of_the_page_name_nothing_twice() -> None:
    """They are joined into one scope, in which a second function of the same name would take the place of the first."""
    scripts = sorted((ROOT / "kg" / "view" / "templates").glob("*.js"))
    declared = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
    names = Counter(name for script in scripts for name in declared.findall(script.read_text(encoding="utf-8")))
    assert len(names) > 100
    assert [name for name, count in names.items() if count > 1] == []
