"""Who asks, and what a refusal says."""

import base64
import logging
import socket
from pathlib import Path

import pytest

from kg.errors import RefusedError, StoreError, UsageError
from kg.store import connection
from kg.store.connection import Connection, Credentials, checked, credentials
from kg.store.discovery import connect
from kg.store.profiles import FUSEKI, GENERIC, OXIGRAPH, PROFILES, QLEVER, VIRTUOSO, Profile, endpoints
from tests.store.graphs import document, load, store
from tests.store.server import Play, serving


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "RETRY", connection.RETRY.new(backoff_factor=0.001))


def as_ada(monkeypatch: pytest.MonkeyPatch, password: str = "secret") -> None:  # noqa: S107 (of a server that lives for a test)
    monkeypatch.setenv("KG_STORE_USER", "ada")
    monkeypatch.setenv("KG_STORE_PASSWORD", password)


@pytest.mark.parametrize("challenge", ["basic", "digest"])
@pytest.mark.parametrize("profile", [FUSEKI, VIRTUOSO, GENERIC], ids=lambda profile: profile.name)
def test_a_password_is_sent_as_the_store_wants_it(
    profile: Profile, challenge: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    as_ada(monkeypatch)
    play = Play(profile, challenge=challenge)
    with serving(play) as url:
        assert load(store(document(1)), connect(url), tmp_path / "journal.jsonl").verified.differences == ()
    assert len(play.store) == 40
    ways = {headers["Authorization"].split()[0] for *_, headers in play.log if "Authorization" in headers}
    assert ways == {challenge.title()}
    if challenge == "digest":
        secret = base64.b64encode(b"ada:secret").decode()
        assert not any("secret" in str(asked) or secret in str(asked) for asked in play.log)


def test_nothing_is_signed_unasked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    as_ada(monkeypatch)
    play = Play(OXIGRAPH)
    with serving(play) as url:
        load(store(document(1)), connect(url), tmp_path / "journal.jsonl")
    assert not any("Authorization" in headers for *_, headers in play.log)


def test_a_netrc_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ada password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    play = Play(VIRTUOSO, challenge="digest")
    with serving(play) as url:
        assert load(store(document(1)), connect(url), tmp_path / "journal.jsonl").verified.differences == ()
    assert not any(headers.get("Authorization", "").startswith("Basic") for *_, headers in play.log)
    as_ada(monkeypatch, "of-the-environment")
    assert credentials("http://127.0.0.1:1/").password == "of-the-environment"  # noqa: S105


def test_a_token_is_sent_with_each_request(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    play = Play(QLEVER, token="t0ken")  # noqa: S106
    with serving(play) as url:
        with pytest.raises(StoreError, match="KG_STORE_TOKEN"):
            load(store(document(1)), connect(url), tmp_path / "journal.jsonl")
        monkeypatch.setenv("KG_STORE_TOKEN", "t0ken")
        assert load(store(document(1)), connect(url), tmp_path / "journal.jsonl").verified.differences == ()


@pytest.mark.parametrize(("password", "said"), [(None, "are not set"), ("wrong", "are wrong or may not write")])
@pytest.mark.parametrize("challenge", ["basic", "digest"])
def test_a_wrong_or_missing_password_is_said_and_not_shown(
    challenge: str,
    password: str | None,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if password:
        as_ada(monkeypatch, password)
    caplog.set_level(logging.DEBUG)
    with serving(Play(OXIGRAPH, challenge=challenge)) as url, pytest.raises(StoreError, match=said) as caught:
        connect(url)
    assert "wrong." not in str(caught.value)
    assert not any(
        "wrong" in record.getMessage() or "Authorization" in record.getMessage() for record in caplog.records
    )
    assert "hidden" not in repr(Credentials("ada", "hidden", "hidden"))


def test_a_redirect_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    as_ada(monkeypatch)
    elsewhere = Play(OXIGRAPH, challenge="basic")
    with (
        serving(elsewhere) as other,
        serving(Play(OXIGRAPH, redirect=f"{other}/query")) as url,
        pytest.raises(RefusedError, match=rf"answers 307 .*It points to {other}/query: give that address"),
    ):
        connect(url, "oxigraph")
    assert elsewhere.log == []


def test_a_store_that_is_not_there_is_said() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(StoreError, match=r"no answer \(.*refused.*\), tried 2 times; is the store running"):
        connect(f"http://127.0.0.1:{port}/store")


def test_what_speaks_no_sparql_is_said() -> None:
    with serving(Play(GENERIC)) as url:
        nowhere = url.removesuffix("/sparql") + "/nowhere/at/all"
        with pytest.raises(StoreError, match="no store that answers a SPARQL query"):
            connect(nowhere)
        with pytest.raises(RefusedError, match=r"answers 404 .*Is this the address of the store"):
            connect(url, "oxigraph")


@pytest.mark.parametrize("url", ["ftp://x/store", "/etc/passwd", "http://", "file:///tmp"])
def test_only_http_addresses_are_taken(url: str) -> None:
    with pytest.raises(UsageError, match="give the http address"):
        checked(url)


@pytest.mark.parametrize("url", ["http://ada:secret@127.0.0.1/store", "ftp://ada:secret@x", "http://ada@host/"])
def test_a_password_in_the_address_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(UsageError, match="others can see it") as caught:
        Connection(url)
    assert "secret" not in str(caught.value)


def test_a_profile_that_is_not_there_is_said() -> None:
    with pytest.raises(UsageError, match=r"no profile 'marklogic': the profiles are oxigraph, virtuoso"):
        connect("http://127.0.0.1:1", "marklogic")


@pytest.mark.parametrize(
    ("profile", "addresses"),
    [
        ("oxigraph", ["http://h:7878", "http://h:7878/", "http://h:7878/store?default", "http://h:7878/update"]),
        ("virtuoso", ["http://h:8890", "http://h:8890/sparql/", "http://h:8890/sparql-graph-crud-auth"]),
        ("fuseki", ["http://h:3030/news", "http://h:3030/news/query", "http://h:3030/news/data"]),
        ("graphdb", ["http://h/repositories/n", "http://h/repositories/n/rdf-graphs/service"]),
        ("qlever", ["http://h:7001", "http://h:7001/"]),
        ("neptune", ["https://h:8182", "https://h:8182/sparql", "https://h:8182/sparql/gsp/"]),
    ],
)
def test_any_address_of_a_store_will_do(profile: str, addresses: list[str]) -> None:
    assert len({endpoints(PROFILES[profile], address) for address in addresses}) == 1


def test_the_address_of_an_unknown_graph_store_finds_its_neighbours(tmp_path: Path) -> None:
    """Fuseki behind a proxy that takes its headers away."""
    play = Play(Profile("plain", query="/query", update="/update", graphs="/data", example=""))
    with serving(play) as url:
        target = connect(f"{url}/data")
        assert (target.profile, target.endpoints.graphs) == (GENERIC, f"{url}/data")
        assert load(store(document(1)), target, tmp_path / "journal.jsonl").verified.differences == ()
