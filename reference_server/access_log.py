"""The access log: a line for each answer, in the Common Log Format."""

from __future__ import annotations

import time

from .invocation import Invocation
from .response_head import MONTHS
from .state import Transaction


class AccessLogging(Invocation):
    """``host ident authuser [date] "request-line" status octets``, as the CERN server wrote it."""

    def log_access(self, transaction: Transaction) -> None:
        """Write one line, in one piece; a log that cannot be written must not cost a response."""
        if self.access_log is None:
            return
        line = self.format_access(transaction) + "\n"
        try:
            with self.log_lock:
                self.access_log.write(line)
                self.access_log.flush()
        except (OSError, ValueError) as error:
            self.log(f"the access log cannot be written: {error}")

    def format_access(self, transaction: Transaction) -> str:
        """The status is what the client got, and "-" stands for what there was not.

        The octets are those of the content that the application produced and the client was sent.
        """
        request = transaction.request
        status = str(request.error_status or "")
        octets = 0
        if transaction.head_sent:
            status = (transaction.status or "")[:3]
            octets = transaction.produced if self.may_have_content(transaction) else 0
        words = [request.method or "-", self.quote(request.target), request.protocol]
        line = " ".join(word for word in words if word)
        host = transaction.connection.remote[0] or "-"
        return f'{host} - - [{self.access_date(time.time())}] "{line}" {status or "-"} {octets or "-"}'

    def quote(self, target: bytes) -> str:
        """A target may hold any octet when its request was refused: none may forge a line of the log."""
        text = target.decode("latin-1").replace("\\", "\\\\").replace('"', '\\"')
        return "".join(letter if " " <= letter <= "~" else f"\\x{ord(letter):02x}" for letter in text)

    def access_date(self, timestamp: float) -> str:
        """``day/month/year:hour:minute:second zone``; the zone is UTC, lest summer time repeat an hour."""
        year, month, day, hour, minute, second, *_ = time.gmtime(timestamp)
        return f"{day:02}/{MONTHS[month - 1]}/{year:04}:{hour:02}:{minute:02}:{second:02} +0000"
