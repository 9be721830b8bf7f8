"""Who asks: a name and a password, or a token, told to a server in the way it wants.

In: a login. Out: a handler for `urllib`. A password is sent only to the server that asks for it, and stands in no text.
"""

from __future__ import annotations

import hashlib
import secrets
import urllib.request as web
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPResponse
from typing import IO
from urllib.parse import urlsplit

__all__ = ["Login"]

_HASHES = {"MD5": "md5", "SHA-256": "sha256"}


@dataclass(slots=True)
class Login:
    """A user with a password, or a token; it remembers what the server asked for, and so sends a body once."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    _scheme: str = field(default="", repr=False)
    _challenge: Mapping[str, str] = field(default_factory=dict, repr=False)
    _count: int = field(default=0, repr=False)
    _origin: tuple[str, str] | None = field(default=None, repr=False)

    def to_handler(self) -> web.BaseHandler:
        """Return what answers a server that asks who is there."""
        return _Handler(self)

    def authorize(self, request: web.Request) -> None:
        """Write into a request who asks, in the way the server wanted it before; only for that server."""
        if self._origin is None:
            self._origin = _origin(request)  # the first request is to the server that the user named
        if self._origin != _origin(request):
            return
        if self.token:
            request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        elif self._scheme == "digest":
            self._count += 1
            request.add_unredirected_header("Authorization", self._to_digest(request.get_method(), request.selector))
        elif self._scheme == "basic":
            said = b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
            request.add_unredirected_header("Authorization", f"Basic {said}")

    def learn(self, request: web.Request, challenges: list[str]) -> bool:
        """Take in how a server wants to be told who asks; say whether to try that."""
        if self.token or self._origin != _origin(request):
            return False
        offered = {scheme: parts for scheme, parts in map(_to_challenge, challenges) if _can_answer(scheme, parts)}
        self._scheme = "digest" if "digest" in offered else "basic" if offered else ""
        self._challenge, self._count = offered.get(self._scheme, {}), 0
        return bool(offered)

    def _to_digest(self, method: str, uri: str) -> str:
        """Return the words that prove a password without telling it (RFC 7616); names and passwords are UTF-8."""

        def digest(*parts: str) -> str:
            return hashlib.new(name, ":".join(parts).encode(), usedforsecurity=False).hexdigest()

        asked = self._challenge
        name = _HASHES[asked.get("algorithm", "MD5").upper()]
        count, own = f"{self._count:08x}", secrets.token_hex(16)
        middle = (asked["nonce"], *((count, own, "auth") if "qop" in asked else ()))
        first = digest(self.user, asked.get("realm", ""), self.password)
        said = {
            "username": self.user, "realm": asked.get("realm", ""), "nonce": asked["nonce"], "uri": uri,
            "response": digest(first, *middle, digest(method, uri)),
            **{key: asked[key] for key in ("opaque", "algorithm") if key in asked},
            **({"qop": "auth", "nc": count, "cnonce": own} if "qop" in asked else {}),
        }  # fmt: skip
        bare = ("algorithm", "qop", "nc")
        words = (f"{key}={value if key in bare else _quote(value)}" for key, value in said.items())
        return ("Digest " + ", ".join(words)).encode().decode("latin-1")  # the bytes of UTF-8, as a header holds them


class _Handler(web.BaseHandler):
    handler_order = 480

    def __init__(self, login: Login) -> None:
        self._login = login
        self._tried = False

    def http_request(self, request: web.Request) -> web.Request:
        self._login.authorize(request)
        return request

    https_request = http_request

    def http_error_401(
        self, request: web.Request, fp: IO[bytes], code: int, msg: str, headers: Message
    ) -> HTTPResponse | None:
        """Ask once more in the way the server wants, or leave it at the refusal."""
        if self._tried or not self._login.learn(request, headers.get_all("WWW-Authenticate", [])):
            return None
        self._tried = True  # a number of the server's may have grown old, a wrong password stays wrong
        fp.close()
        again: HTTPResponse = self.parent.open(request, timeout=request.timeout)
        return again


def _origin(request: web.Request) -> tuple[str, str]:
    parts = urlsplit(request.full_url)
    return parts.scheme, parts.netloc


def _to_challenge(text: str) -> tuple[str, dict[str, str]]:
    """Return the scheme of a challenge and its parts."""
    scheme, _, rest = text.partition(" ")
    return scheme.lower(), web.parse_keqv_list([part for part in web.parse_http_list(rest) if "=" in part])


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _can_answer(scheme: str, parts: Mapping[str, str]) -> bool:
    if scheme != "digest":
        return scheme == "basic"
    ways = [way.strip() for way in parts.get("qop", "auth").split(",")]
    return "nonce" in parts and "auth" in ways and parts.get("algorithm", "MD5").upper() in _HASHES
