"""Mutants that let hop-by-hop headers of the application through."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class LetsThrough(ReferenceServer):
    """Base of those whose list lacks a name."""

    NAME = ""

    def check_hop_by_hop(self, name: str) -> None:
        if name.lower() != self.NAME:
            super().check_hop_by_hop(name)


class LetsConnectionThrough(LetsThrough):
    """The list lacks connection."""

    NAME = "connection"
    kills = {
        "connection-header-kept-back": "Connection of the application: want refused or dropped, got sent",
        "connection-header-not-contradicted": "the connection behind Connection: close: want closed, g",
        "hop-by-hop-header-of-error-call-kept-back": "Connection of the application",
        "hop-by-hop-header-of-not-modified-kept-back": "Connection of the application",
    }


class LetsKeepAliveThrough(LetsThrough):
    """The list lacks keep-alive."""

    NAME = "keep-alive"
    kills = {
        "hop-by-hop-header-for-head-kept-back": "Keep-Alive of the application",
        "hop-by-hop-header-recognised-in-any-case": "Keep-Alive of the application: want refused or dr",
        "keep-alive-header-kept-back": "Keep-Alive of the application: want refused or dropped, got sent",
    }


class LetsTeThrough(LetsThrough):
    """The list lacks te."""

    NAME = "te"
    kills = {
        "te-header-kept-back": "TE of the application: want refused or dropped, got sent",
    }


class LetsTrailersThrough(LetsThrough):
    """The list lacks trailers."""

    NAME = "trailers"
    kills = {
        "trailers-header-kept-back": "Trailers of the application: want refused or dropped, got sent",
    }


class LetsTrailerThrough(LetsThrough):
    """The list lacks trailer."""

    NAME = "trailer"
    kills = {
        "trailer-header-kept-back": "Trailer of the application: want refused or dropped, got sent",
    }


class LetsTransferEncodingThrough(LetsThrough):
    """The list lacks transfer-encoding."""

    NAME = "transfer-encoding"
    kills = {
        "transfer-encoding-header-kept-back": "Transfer-Encoding of the application: want refused or d",
        "length-and-given-coding-not-sent-together": "the response is malformed: Content-Length beside",
    }


class LetsUpgradeThrough(LetsThrough):
    """The list lacks upgrade."""

    NAME = "upgrade"
    kills = {
        "upgrade-header-kept-back": "Upgrade of the application: want refused or dropped, got sent",
    }


class LetsProxyAuthenticateThrough(LetsThrough):
    """The list lacks proxy-authenticate."""

    NAME = "proxy-authenticate"
    kills = {
        "proxy-authenticate-header-kept-back": "Proxy-Authenticate of the application: want refused or",
    }


class LetsProxyAuthorizationThrough(LetsThrough):
    """The list lacks proxy-authorization."""

    NAME = "proxy-authorization"
    kills = {
        "proxy-authorization-header-kept-back": "Proxy-Authorization of the application: want refused ",
    }


class KnowsHopByHopInTwoCases(ReferenceServer):
    """The list has each name as it is usually written, and in lower case."""

    kills = {
        "hop-by-hop-header-recognised-in-any-case": "Keep-Alive of the application: want refused or dr",
    }

    def check_hop_by_hop(self, name: str) -> None:
        if name in (name.lower(), name.title()) or name == "TE":
            super().check_hop_by_hop(name)


class SendsBothConnections(LetsThrough):
    """The server says keep-alive where the application says close."""

    NAME = "connection"
    kills = {
        "close-answered": "Connection of the response",
        "close-answered-behind-not-modified": "Connection of the response",
        "close-answered-to-head": "Connection of the response: want close",
        "close-answered-when-streamed": "Connection of the response: want close",
        "close-answered-without-content": "Connection of the response",
        "connection-header-kept-back": "Connection of the application: want refused or dropped, got sent",
        "connection-header-not-contradicted": "the connection behind Connection: close: want closed, g",
        "expect-refused-says-close": "Connection of the refusal",
        "hop-by-hop-header-of-error-call-kept-back": "Connection of the application",
        "hop-by-hop-header-of-not-modified-kept-back": "Connection of the application",
    }

    def connection_header(self, transaction: Any) -> Any:
        return []


class SendsTransferEncodingTwice(LetsThrough):
    """The coding of the application is passed on, and the server's own stands beside it."""

    NAME = "transfer-encoding"
    kills = {
        "transfer-encoding-header-kept-back": "Transfer-Encoding of the application: want refused or d",
        "transfer-encoding-header-corrupts-nothing": "the response is malformed: chunked is applied mo",
    }

    def missing_headers(self, transaction: Any, present: set[str]) -> Any:
        return super().missing_headers(transaction, present - {"transfer-encoding"})


class TrustsErrorPages(ReferenceServer):
    """What stands in an error page is the framework's business."""

    kills = {
        "hop-by-hop-header-of-error-call-kept-back": "Connection of the application: want refused or dropped, g"
    }
    is_error_call = False

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        self.is_error_call = exc_info is not None
        return super().start_response(transaction, status, headers, exc_info)

    def check_hop_by_hop(self, name: str) -> None:
        if not self.is_error_call:
            super().check_hop_by_hop(name)


class ChecksWhatItFrames(ReferenceServer):
    """Where there is no content to be framed, the headers are passed on as they are."""

    is_bodiless = False

    def is_passed_on(self, transaction: Any, status: str) -> bool:
        """Return whether the headers are not looked at."""
        raise NotImplementedError

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        self.is_bodiless = self.is_passed_on(transaction, status)
        return super().start_response(transaction, status, headers, exc_info)

    def check_hop_by_hop(self, name: str) -> None:
        if not self.is_bodiless:
            super().check_hop_by_hop(name)


class PassesNotModifiedOn(ChecksWhatItFrames):
    """What stands in a 304 is the cache's business."""

    kills = {
        "hop-by-hop-header-of-not-modified-kept-back": "Connection of the application: want refused or dropped, g"
    }

    def is_passed_on(self, transaction: Any, status: str) -> bool:
        return status.startswith("304")


class PassesHeadersOfHeadOn(ChecksWhatItFrames):
    """In the response to HEAD the headers are all there is, and are passed on."""

    kills = {"hop-by-hop-header-for-head-kept-back": "Keep-Alive of the application: want refused or dropped"}

    def is_passed_on(self, transaction: Any, status: str) -> bool:
        return bool(transaction.request.method == "HEAD")
