"""One conversation with an external store over HTTP: who asks, what is tried again, what a refusal means.

User and password are sent when the store asks for them, as Basic or Digest, whichever it wants; a token is sent with
each request. None of them is ever part of an address, a message or a log. Redirects are not followed: a store that
points elsewhere would be told the password, and a PUT would become a GET.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from requests.auth import HTTPBasicAuth, HTTPDigestAuth
from requests.utils import get_netrc_auth
from urllib3 import Retry
from urllib3.exceptions import MaxRetryError

from kg.errors import RefusedError, StoreError, UsageError
from kg.store.profiles import ADDRESSES

USER, PASSWORD, TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"
# To connect, and between two bytes of an answer: a large graph takes its time to be stored.
TIMEOUT = (10, 600)
# 0, 1, 2, 4, 8, 16 and 30 seconds: a store that is started again is waited for.
RETRY = Retry(total=7, backoff_factor=0.5, backoff_max=30, retry_after_max=120)
BUSY = frozenset({429, 502, 503, 504})
DROPPED = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks. What is secret is not shown by repr()."""

    user: str | None = None
    password: str | None = None
    token: str | None = None

    def __repr__(self) -> str:
        return f"Credentials(user={self.user!r}, …)"


def credentials(url: str) -> Credentials:
    """Return who asks: from the environment, else from the netrc file (~/.netrc, or the one that NETRC names)."""
    token = os.environ.get(TOKEN)
    if user := os.environ.get(USER):
        return Credentials(user, os.environ.get(PASSWORD, ""), token)
    user, password = get_netrc_auth(url) or (None, None)
    return Credentials(user, password, token)


def checked(url: str) -> str:
    """Return `url` if it is the http address of a store and holds no secret.

    Raises:
        UsageError: it isn't, or does.
    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise UsageError(
            f"no user or password in the address: others can see it; set {USER} and {PASSWORD}, or write a netrc file"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url}: give the http address of a store: {ADDRESSES}")
    return url


class Connection:
    """Sends requests to one store, again where the store was busy or the line was cut."""

    def __init__(self, url: str, *, patient: bool = True) -> None:
        """Speak to the host of `url`; if not patient, a store that is not there at all is not waited for."""
        self._given = credentials(checked(url))
        # 503 is waited for in either case.
        self._retry = RETRY if patient else RETRY.new(other=1)
        self._session = requests.Session()
        # Without an auth of our own requests would send what netrc holds, unasked and always as Basic.
        self._session.auth = _unsigned
        self._signed = False
        if self._given.token:
            self._session.headers["Authorization"] = f"Bearer {self._given.token}"

    def close(self) -> None:
        """Close what is open."""
        self._session.close()

    def ask(self, method: str, url: str, *, accept: str = "*/*") -> requests.Response | None:
        """Return the answer to a request, whatever it says, or None; nothing is tried again."""
        try:
            return self._session.request(
                method, url, headers={"Accept": accept}, timeout=TIMEOUT, allow_redirects=False
            )
        except requests.RequestException:
            return None

    def send(
        self, method: str, url: str, body: bytes | Mapping[str, str] | None = None, headers: Mapping[str, str] = {}
    ) -> bytes:
        """Return the body of the answer.

        What is sent must be safe to send twice: where an answer is lost nobody knows whether the request arrived.

        Raises:
            RefusedError: the store says no.
            StoreError: there is no answer.
        """
        retry = self._retry
        while True:
            try:
                answer = self._session.request(
                    method, url, data=body, headers=dict(headers), timeout=TIMEOUT, allow_redirects=False
                )
            except DROPPED as error:
                retry = self._again(retry, method, url, error)
                continue
            except requests.RequestException as error:
                raise StoreError(f"{url}: can't be asked ({error})") from None
            if answer.status_code == 401 and self._sign(answer):
                continue
            if answer.status_code in BUSY or _deadlocked(answer):
                retry = self._again(retry, method, url, answer)
                continue
            if answer.status_code >= 300:
                raise RefusedError(self._refused(url, answer), status=answer.status_code)
            return answer.content

    def _again(self, retry: Retry, method: str, url: str, reason: Exception | requests.Response) -> Retry:
        """Wait as long as it should take, and return what may still be tried."""
        try:
            if isinstance(reason, Exception):
                retry = retry.increment(method, url, error=reason)
                retry.sleep()
            else:
                retry = retry.increment(method, url, response=reason.raw)
                retry.sleep(reason.raw)
        except MaxRetryError:
            tries = len(retry.history) + 1
            if isinstance(reason, Exception):
                said = f"{url}: no answer ({_cause(reason)}), tried {tries} times"
                raise StoreError(f"{said}; is the store running, and the address right?") from None
            raise StoreError(f"{self._refused(url, reason)} (tried {tries} times)") from None
        return retry

    def _sign(self, answer: requests.Response) -> bool:
        """Sign from now on as the store wants it; False: there is nothing to sign with, or it was signed."""
        if self._signed or not self._given.user:
            return False
        wanted = answer.headers.get("WWW-Authenticate", "").lower()
        way = HTTPDigestAuth if "digest" in wanted else HTTPBasicAuth
        self._session.auth = way(self._given.user, self._given.password or "")
        self._session.headers.pop("Authorization", None)
        self._signed = True
        return True

    def _refused(self, url: str, answer: requests.Response) -> str:
        """Return what a refusal means and what to do about it."""
        words = " ".join(answer.text[:2000].split())[:200]
        said = f"{url}: the store answers {answer.status_code} {answer.reason}" + (f": {words}" if words else "")
        if answer.status_code in (401, 403):
            has = "are wrong or may not write" if self._given.user or self._given.token else "are not set"
            return f"{said}. It wants a user who may write: {USER} and {PASSWORD} (or {TOKEN}) {has}"
        if 300 <= answer.status_code < 400:
            return (
                f"{said}. It points to {answer.headers.get('Location', 'nowhere')}: give that address if you trust it"
            )
        if answer.status_code in (404, 405, 501):
            return f"{said}. Is this the address of the store? {ADDRESSES}"
        return said


def _unsigned(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _deadlocked(answer: requests.Response) -> bool:
    """Return whether a transaction lost against another one: Virtuoso says so with 400 or 500 and SQL state 40001."""
    return answer.status_code in (400, 409, 500) and "deadlock" in answer.text[:2000].lower()


def _cause(error: Exception) -> str:
    """Return the innermost reason in words, without the address and objects that requests puts around it."""
    reason = getattr(error.args[0], "reason", error.args[0]) if error.args else error
    return str(reason).rpartition(">: ")[2] or type(error).__name__
