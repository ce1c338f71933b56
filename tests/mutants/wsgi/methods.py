"""Mutants that know methods better than the application does."""

from __future__ import annotations

from reference_server import ReferenceServer
from reference_server.errors import BadRequest
from reference_server.state import Request


class Choosy(ReferenceServer):
    """Takes a request without these for malformed: a method that has content, or has none."""

    disliked = ""
    with_content = False

    def check_body_size(self, request: Request) -> None:
        super().check_body_size(request)
        if request.method == self.disliked and bool(request.content_length) == self.with_content:
            raise BadRequest(f"{self.disliked} is no method of ours")


class DislikesPut(Choosy):
    """A PUT with content of its own type is malformed."""

    kills = {"application-called-for-put": "a request with the method PUT: want a call of the app"}

    disliked = "PUT"
    with_content = True


class DislikesDelete(Choosy):
    """A DELETE without content is malformed."""

    kills = {"application-called-for-delete": "a request with the method DELETE: want a call of the app"}

    disliked = "DELETE"


class DislikesOptions(Choosy):
    """An OPTIONS without content is malformed."""

    kills = {
        "application-called-for-options": "a request with the method OPTIONS: want a call of the app",
    }

    disliked = "OPTIONS"


class DislikesPatch(Choosy):
    """A PATCH with content is malformed."""

    kills = {"application-called-for-patch": "a request with the method PATCH: want a call of the app"}

    disliked = "PATCH"
    with_content = True


class DislikesUnknownMethods(Choosy):
    """What is in no list is malformed, and not only unknown."""

    kills = {
        "application-called-for-unknown-method": "a request with the method BREW-1: want a call of the app",
    }

    disliked = "BREW-1"
