"""Fixtures of the tests of stores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store import servers


@pytest.fixture(autouse=True)
def _nobody_in_particular(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the credentials, and without the netrc file, of who runs the tests."""
    for name in ("KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Oxigraph server."""
    if servers.program("oxigraph") is None:
        pytest.skip("no Oxigraph server: pip install oxigraph")
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Virtuoso, whose user dba has the password servers.PASSWORD."""
    if servers.program("virtuoso-t") is None or servers.program("isql-vt") is None:
        pytest.skip("no Virtuoso: apt-get install virtuoso-opensource")
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(params=["oxigraph", "virtuoso"])
def real(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of each real server in turn, with user and password in the environment. Mark the test `store`."""
    url: str = request.getfixturevalue(request.param)
    if request.param == "virtuoso":
        monkeypatch.setenv("KG_STORE_USER", "dba")
        monkeypatch.setenv("KG_STORE_PASSWORD", servers.PASSWORD)
    return url
