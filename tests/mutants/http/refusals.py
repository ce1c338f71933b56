"""Mutants whose refusals have no right end, or no date."""

from __future__ import annotations

import re
from typing import Any

from reference_server import ReferenceServer


class Miscounts(ReferenceServer):
    """Its subclasses say of one refusal that it is longer or shorter than it is."""

    status = b"none"
    by = 1

    def send(self, connection: Any, octets: bytes) -> None:
        if octets.startswith(b"HTTP/1.1 " + self.status):
            octets = re.sub(rb"(?<=Content-Length: )[0-9]+", self.counted, octets, count=1)
        super().send(connection, octets)

    def counted(self, match: Any) -> bytes:
        return b"%d" % (int(match[0]) + self.by)


class MiscountsExpectation(Miscounts):
    """The page about an expectation lacks its line end."""

    kills = {"expectation-refusal-well-framed": "end of a 417: want found, got"}
    status = b"417"


class MiscountsFields(Miscounts):
    """The page about a large head is longer than it says."""

    kills = {"fields-refusal-well-framed": "octets behind a 431: want b'', got b'"}
    status, by = b"431", -1


class MiscountsTarget(Miscounts):
    """The page about a long target lacks its line end."""

    kills = {"target-refusal-well-framed": "end of a 414: want found, got"}
    status = b"414"


class MiscountsVersion(Miscounts):
    """The page about a version is longer than it says."""

    kills = {"version-refusal-well-framed": "octets behind a 505: want b'', got b'"}
    status, by = b"505", -1


class MiscountsScheme(Miscounts):
    """The page about a misdirected request lacks its line end."""

    kills = {"scheme-refusal-well-framed": "end of a 421: want found, got"}
    status = b"421"


class MiscountsWhatIsNotImplemented(Miscounts):
    """The page about what is not implemented lacks its line end."""

    kills = {
        "coding-refusal-well-framed": "end of a 501: want found, got",
        "connect-refusal-well-framed": "end of a 501: want found, got",
    }
    status = b"501"


class RefusesMethodTwice(ReferenceServer):
    """The method is refused by the parser and by what calls it."""

    kills = {"method-refusal-well-framed": "octets behind a 501: want b'', got b'HTTP/1.1 501"}
    method = "BREW"
    refusal = b"HTTP/1.1 501 Not Implemented\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nno"

    def run_in_turn(self, transaction: Any) -> None:
        if transaction.request.method == self.method and self.list_members(
            transaction.request, b"connection"
        ):
            self.send(transaction.connection, self.refusal * 2)
        else:
            super().run_in_turn(transaction)


class RefusesTraceTwice(RefusesMethodTwice):
    """TRACE is refused by the parser and by what calls it."""

    kills = {"trace-refusal-well-framed": "octets behind a 501: want b'', got b'HTTP/1.1 501"}
    method = "TRACE"


class LeavesOutDate(ReferenceServer):
    """Its subclasses send one refusal without a date."""

    status = b"none"

    def send(self, connection: Any, octets: bytes) -> None:
        if octets.startswith(b"HTTP/1.1 " + self.status):
            octets = re.sub(rb"\r\nDate: [^\r]*", b"", octets, count=1)
        super().send(connection, octets)


class DatesNoExpectation(LeavesOutDate):
    """The page about an expectation was written by hand."""

    kills = {"expectation-refusal-dated": "Date of a 417: want present, got absent"}
    status = b"417"


class DatesNoFields(LeavesOutDate):
    """The page about a large head was written by hand."""

    kills = {"fields-refusal-dated": "Date of a 431: want present, got absent"}
    status = b"431"


class DatesNoTarget(LeavesOutDate):
    """The page about a long target was written by hand."""

    kills = {"target-refusal-dated": "Date of a 414: want present, got absent"}
    status = b"414"


class MiscountsLength(Miscounts):
    """The page about large content lacks its line end."""

    kills = {"length-refusal-well-framed": "end of a 413: want found, got"}
    status = b"413"
