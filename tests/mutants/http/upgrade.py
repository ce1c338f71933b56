"""Mutants that switch to another protocol."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class Switches(ReferenceServer):
    """The ground of the others: sends a 101 where ``offered`` says so, and is silent then."""

    answer = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"

    def options(self, transaction: Any) -> list[bytes]:
        return self.list_members(transaction.request, b"connection")

    def names(self, transaction: Any) -> list[bytes]:
        return [name.strip() for name in self.field_values(transaction.request, b"upgrade")]

    def offered(self, transaction: Any) -> bool:
        modern = transaction.request.version >= (1, 1) and b"upgrade" in self.options(transaction)
        expects = bool(self.field_values(transaction.request, b"expect"))
        return modern and not expects and any(name.lower() == b"h2c" for name in self.names(transaction))

    def run_in_turn(self, transaction: Any) -> None:
        super().run_in_turn(transaction)

    def send_head(self, transaction: Any, block: bytes) -> None:
        if self.offered(transaction):
            transaction.outgoing += self.answer
            transaction.persistent = False
            transaction.head_sent = True
            transaction.framing = "close"
            return
        super().send_head(transaction, block)

    def may_have_content(self, transaction: Any) -> bool:
        return not self.offered(transaction) and super().may_have_content(transaction)


class SwitchesWithoutAName(Switches):
    """The 101 does not say to which protocol."""

    kills = {"switch-names-protocol": "Upgrade of a 101: want the new protocol, got absent"}
    answer = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n"


class SwitchesToWhateverIsOffered(Switches):
    """Every offer is accepted."""

    kills = {
        "switch-only-to-what-was-offered": "answer to an Upgrade to x-wsgicheck/1: "
        "want a response in HTTP/1.1, got 101"
    }

    def offered(self, transaction: Any) -> bool:
        return any(name.startswith(b"x-") for name in self.names(transaction))


class SwitchesThoughNotListed(Switches):
    """Upgrade counts, whether Connection lists it or not."""

    kills = {
        "upgrade-without-connection-option-ignored": "answer to an Upgrade that Connection does not list: want"
    }

    def offered(self, transaction: Any) -> bool:
        return b"h2c" in self.names(transaction) and b"upgrade" not in self.options(transaction)


class SwitchesForHttp10(Switches):
    """Upgrade counts in HTTP/1.0, too."""

    kills = {"upgrade-ignored-from-http-1-0": "answer to an Upgrade from HTTP/1.0: want"}

    def offered(self, transaction: Any) -> bool:
        return b"h2c" in self.names(transaction) and transaction.request.version < (1, 1)


class SwitchesWithoutContinue(Switches):
    """The client that waits for 100 gets 101."""

    kills = {"continue-sent-before-switch": "interim responses before a 101: want 100, got none"}

    def offered(self, transaction: Any) -> bool:
        return b"h2c" in self.names(transaction) and bool(self.field_values(transaction.request, b"expect"))


class SwitchesForSmallLettersAlone(Switches):
    """The name of the protocol is compared as it stands."""

    kills = {"upgrade-name-in-any-case": "answer to Upgrade: H2C: want 101, got 200"}

    def offered(self, transaction: Any) -> bool:
        return b"h2c" in self.names(transaction) and super().offered(transaction)


class PassesOnTheSwitch(ReferenceServer):
    """A 101 of the application is passed on as it is."""

    kills = {"switch-of-application-not-sent-unasked": "answer to a request without Upgrade: want"}

    def check_status(self, status: Any) -> None:
        if not str(status).startswith("101"):
            super().check_status(status)
