"""Mutants of the environ as a dictionary of the application's own."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer


class LooksUpAfterwards(ReferenceServer):
    """The file wrapper is looked up in the environ when the application has returned."""

    kills = {
        "environ-may-be-cleared": "status after the application changed its environ: want 200, got 500",
        "environ-may-be-cleared-on-head": "status after the application emptied its environ: want 200, got 5",
        "environ-may-be-cleared-on-post": "status after the application changed its environ: want 200, got 5",
    }

    def iterate(self, transaction: Any) -> None:
        transaction.environ["wsgi.file_wrapper"]
        super().iterate(transaction)


class LooksUpLengthAfterwards(ReferenceServer):
    """What is left of a body is told from the environ."""

    kills = {
        "content-length-variable-may-be-overwritten": "status after the application changed its environ: wan",
        "environ-may-be-cleared-on-post": "status after the application changed its environ: want 200, got 5",
    }

    def iterate(self, transaction: Any) -> None:
        if transaction.request.framing == "length":
            int(transaction.environ["CONTENT_LENGTH"])
        super().iterate(transaction)


class LooksUpMethodOfHead(ReferenceServer):
    """Where there is no content, the log asks the environ for the method."""

    kills = {
        "environ-may-be-cleared-on-head": "status after the application emptied its environ: want 200, got 50"
    }

    def iterate(self, transaction: Any) -> None:
        if transaction.request.method == "HEAD":
            transaction.environ["REQUEST_METHOD"]
        super().iterate(transaction)


class LooksUpBetweenBlocks(ReferenceServer):
    """Each block is counted under a name from the environ."""

    kills = {
        "environ-may-be-cleared-in-iteration": "content after the application changed its environ: want b'wsg"
    }

    def send_block(self, transaction: Any, block: bytes) -> None:
        if transaction.head_sent:
            transaction.environ["SERVER_NAME"]
        super().send_block(transaction, block)


class BelievesMethodOfEnviron(ReferenceServer):
    """Whether content may follow is told from the environ."""

    kills = {
        "request-method-may-be-overwritten": "content after the application changed its environ: want b'wsgic"
    }

    def may_have_content(self, transaction: Any) -> bool:
        return super().may_have_content(transaction) and transaction.environ.get("REQUEST_METHOD") != "HEAD"


class BelievesProtocolOfEnviron(ReferenceServer):
    """A client of HTTP/0.9 gets no status line, and the environ says who is one."""

    kills = {
        "server-protocol-may-be-overwritten": "status after the application changed its environ: want 200, go"
    }

    def send_head(self, transaction: Any, block: bytes) -> None:
        super().send_head(transaction, block)
        if transaction.environ.get("SERVER_PROTOCOL") == "HTTP/0.9":
            transaction.outgoing.clear()


class ClosesInputOfEnviron(ReferenceServer):
    """The input is asked whether it is at its end, after middleware has replaced it."""

    kills = {
        "wsgi-variables-may-be-overwritten": "content after the application changed its environ: want b'wsgic"
    }

    def finish_response(self, transaction: Any) -> None:
        stream = transaction.environ.get("wsgi.input", b"")
        if stream is None:
            raise TypeError("what was the input is None")
        super().finish_response(transaction)


class EmptiesEnvironOnReturn(ReferenceServer):
    """The environ is emptied when the call returns, lest it keep anything alive."""

    kills = {"environ-kept-during-iteration": "variables that were lost before the iteration: want none"}

    def make_iterator(self, transaction: Any) -> Any:
        transaction.environ.clear()
        return super().make_iterator(transaction)


class SortsEnviron(ReferenceServer):
    """The keys are sorted for the log."""

    kills = {
        "environ-may-hold-any-key": "content after the application changed its environ: want b'wsgicheck', go"
    }

    def finish_response(self, transaction: Any) -> None:
        sorted(transaction.environ)
        super().finish_response(transaction)


class RemembersKeys(ReferenceServer):
    """What the application of one request added is in the environ of the next."""

    kills = {
        "environ-fresh-for-each-request": "a key that the previous request's application set: want absent, g",
        "environ-fresh-for-identical-request": "a key that the application set on an identical request",
        "environ-fresh-on-kept-connection": "a key that the application set on the connection's first reques",
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        ticket = environ.get("HTTP_X_WSGICHECK_TICKET", "")
        vars(transaction)["ticket"] = ticket
        before = vars(self).get(ticket.replace("-2", "-1"), {})
        environ.update({key: value for key, value in before.items() if key.startswith("wsgicheck.")})
        return environ

    def finish_response(self, transaction: Any) -> None:
        vars(self)[vars(transaction)["ticket"]] = transaction.environ
        super().finish_response(transaction)


class HandsOutItsOwn(ReferenceServer):
    """What the server found out once is in the dictionary that it hands out, and lost with that."""

    kills = {
        "environ-complete-after-it-was-cleared": "keys lost since the previous request's application emptied"
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        ticket = environ.get("HTTP_X_WSGICHECK_TICKET", "")
        if "SERVER_ADMIN" in vars(self).get(ticket.replace("-2", "-1"), {"SERVER_ADMIN": ""}):
            environ["SERVER_ADMIN"] = "root"
        vars(self)[ticket] = environ
        return environ


class RemembersOnConnection(ReferenceServer):
    """One dictionary serves all requests of a connection."""

    kills = {
        "content-length-of-previous-request-gone": "CONTENT_LENGTH of a request in chunks",
        "environ-fresh-for-identical-request": "a key that the application set on an identical request",
        "environ-fresh-on-kept-connection": "a key that the application set on the connection's first reques",
        "environ-of-each-request-its-own": "variables of other requests of request 2 of a connection",
        "header-variables-gone-on-kept-connection": "HTTP_X_ONCE of the connection's first request: want abs",
        "host-of-previous-request-gone": "HTTP_HOST of a request without Host: want absent",
        "request-variables-gone-on-kept-connection": "CONTENT_TYPE of the connection's first request: want g",
        "second-environ-is-its-own": "environ['HTTP_X_ONCE'] of the second request: want absent, got secret",
    }

    def make_environ(self, transaction: Any) -> Any:
        kept = vars(transaction.connection).setdefault("kept", {})
        kept.update(super().make_environ(transaction))
        return kept


class RemembersFieldsOnConnection(ReferenceServer):
    """The header variables of a connection's earlier requests stay."""

    kills = {
        "header-variables-gone-on-kept-connection": "HTTP_X_ONCE of the connection's first request: want abs",
        "host-of-previous-request-gone": "HTTP_HOST of a request without Host: want absent",
        "second-environ-is-its-own": "environ['HTTP_X_ONCE'] of the second request: want absent, got secret",
    }

    def header_variables(self, transaction: Any) -> dict[str, str]:
        kept: dict[str, str] = vars(transaction.connection).setdefault("kept", {})
        kept.update(super().header_variables(transaction))
        return dict(kept)


class RemembersContentOnConnection(ReferenceServer):
    """The content type of a connection's earlier request stays where the next has none."""

    kills = {
        "request-variables-gone-on-kept-connection": "CONTENT_TYPE of the connection's first request: want g",
        "second-environ-is-its-own": "environ['CONTENT_TYPE'] of the second request: want absent or empty, g",
    }

    def content_type(self, transaction: Any) -> str | None:
        kept = vars(transaction.connection)
        kept["kept"] = super().content_type(transaction) or kept.get("kept")
        found: str | None = kept["kept"]
        return found


class SharesWhatIsAtOnce(ReferenceServer):
    """Two requests that are served at once have one dictionary, made for the first of them."""

    kills = {
        "environ-fresh-after-failed-request": "a key that the application set before it failed",
        "environ-not-shared-at-once": "dictionaries of two requests served at once: want two, got one",
        "environ-own-while-overlapping": "want",
    }

    def make_environ(self, transaction: Any) -> Any:
        environ = super().make_environ(transaction)
        exchange = environ.get("HTTP_X_WSGICHECK_TICKET", "")[:20]
        vars(transaction)["exchange"] = exchange
        shared = vars(self).setdefault(exchange, environ)
        shared.update(environ)
        return shared

    def finish_response(self, transaction: Any) -> None:
        vars(self).pop(vars(transaction)["exchange"], None)
        super().finish_response(transaction)


class RemembersHeads(ReferenceServer):
    """What was made of a head is used again for one that equals it."""

    kills = {
        "environ-fresh-for-identical-request": "a key that the application set on an identical request: wan"
    }

    def make_environ(self, transaction: Any) -> dict[str, Any]:
        remembered = transaction.connection.__dict__.setdefault("remembered", {})
        request = transaction.request
        environ = remembered.setdefault((request.target, *request.fields), super().make_environ(transaction))
        environ.update(self.wsgi_variables(transaction))
        return environ


class TidiesUpBehindResponses(ReferenceServer):
    """Dictionaries are used again; what failed is not tidied up."""

    kills = {
        "environ-fresh-after-failed-request": "a key that the application set before it failed: want absent",
    }
    left_by: dict[bytes, dict[str, Any]] = {}

    def make_environ(self, transaction: Any) -> dict[str, Any]:
        return {**self.left_by.get(visitor(transaction), {}), **super().make_environ(transaction)}

    def application_error(self, transaction: Any, error: BaseException) -> None:
        self.left_by[visitor(transaction)] = dict(transaction.environ)
        super().application_error(transaction, error)


def visitor(transaction: Any) -> bytes:
    """Return whom a request comes from: other requests may stand between two of one visitor."""
    return bytes(dict(transaction.request.fields).get(b"X-Wsgicheck-Ticket", b"")[:20])


class SettlesVersionAtFirst(ReferenceServer):
    """The version of a connection is that of its first request."""

    kills = {
        "server-protocol-of-each-request": "SERVER_PROTOCOL behind a request in HTTP/1.1: want HTTP/1.0, go"
    }

    def make_environ(self, transaction: Any) -> dict[str, Any]:
        environ = super().make_environ(transaction)
        protocol = transaction.connection.__dict__.setdefault("protocol", environ["SERVER_PROTOCOL"])
        environ["SERVER_PROTOCOL"] = protocol
        return environ


class MakesLaterVersionsOfJson(ReferenceServer):
    """What is the same for all requests of a connection is kept as JSON."""

    kills = {"wsgi-variables-of-next-request-alike": "wsgi.version of the second request: want"}

    def wsgi_version(self, transaction: Any) -> Any:
        version = super().wsgi_version(transaction)
        known = getattr(transaction.connection, "known", False)
        transaction.connection.known = True
        return list(version) if known else version
