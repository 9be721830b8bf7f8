"""Who asks: a name and a password, or a token, told to a server in the way it wants.

In: a login. Out: a handler for `urllib`. A password is sent only to the server that asks for it, and stands in no text.
"""

from __future__ import annotations

import urllib.request as web
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPResponse
from typing import IO
from urllib.parse import urlsplit

__all__ = ["Login"]


@dataclass(slots=True)
class Login:
    """A user with a password, or a token; it remembers what the server asked for, and so sends a body once."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    _digest: web.AbstractDigestAuthHandler | None = field(default=None, repr=False)
    _challenge: Mapping[str, str] = field(default_factory=dict, repr=False)
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
        elif self._digest is not None:
            said = self._digest.get_authorization(request, self._challenge)
            request.add_unredirected_header("Authorization", f"Digest {said}")
        elif self._challenge:
            from base64 import b64encode

            said = b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
            request.add_unredirected_header("Authorization", f"Basic {said}")

    def learn(self, request: web.Request, challenges: list[str]) -> bool:
        """Take in how a server wants to be told who asks; say whether to try that."""
        if self.token or self._origin != _origin(request):
            return False
        offered = dict(_to_challenge(one) for one in challenges)
        if "digest" in offered:
            self._challenge, self._digest = offered["digest"], web.AbstractDigestAuthHandler()
            self._digest.add_password(self._challenge.get("realm"), request.full_url, self.user, self.password)
        elif "basic" in offered:
            self._challenge, self._digest = {"realm": "", **offered["basic"]}, None
        return bool(offered.keys() & {"digest", "basic"})


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
    return scheme.lower(), web.parse_keqv_list(web.parse_http_list(rest))
