"""What PEP 3333 asks of middleware beyond its duties as a server and as an application.

``wsgicheck app --middleware`` judges by them, with an application of ours behind it; none of them counts when
a server is checked. Levels are read as in ``pep3333``.
"""

from __future__ import annotations

from wsgicheck.model.law import Basis, Level, Requirement, Source
from wsgicheck.spec.declaration import law


def _law(
    section: str, id: str, level: Level, basis: Basis, quote: str, inference: str | None = None
) -> Requirement:
    return law(Source.PEP_3333, section, f"middleware-{id}", level, basis, quote, inference=inference)


APPLICATION_KIND = _law(
    "Specification Overview",
    "application-kind",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "a server, gateway, or application that is invoking a callable must not have any dependency "
    "on what kind of callable was provided to it.",
)
CONFORMS = _law(
    "Middleware: Components that Play Both Sides",
    "conforms-as-server",
    Level.MUST,
    Basis.PLAIN,
    "For the most part, middleware must conform to the restrictions and requirements of both the "
    "server and application sides of WSGI.",
)
START_REPEATED = _law(
    "The start_response() Callable",
    "start-response-repeated",
    Level.MUST,
    Basis.INFERRED,
    "The application may call start_response more than once, if and only if the exc_info argument "
    "is provided.",
    inference="Middleware that provides a start_response must let the application do what it may do.",
)
EXC_INFO_RELEASED = _law(
    "The start_response() Callable",
    "exc-info-released",
    Level.SHOULD,
    Basis.KEYWORD,
    "servers, gateways, or middleware implementing start_response should ensure that no reference "
    "is held to the exc_info parameter beyond the duration of the function's execution",
)
CLOSED = _law(
    "Specification Details",
    "iterable-closed",
    Level.MUST,
    Basis.KEYWORD,
    "If the iterable returned by the application has a close() method, the server or gateway must "
    "call that method upon completion of the current request, whether the request was completed "
    "normally, or terminated early",
)
STARTED_LATE = _law(
    "Specification Details",
    "late-start-response",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "servers must not assume that start_response() has been called before they begin iterating "
    "over the iterable.",
)
WRITE_PROVIDED = _law(
    "Specification Details",
    "write-provided",
    Level.MUST,
    Basis.KEYWORD,
    "The start_response callable must return a write(body_data) callable that takes one positional parameter",
)
BLOCK_FOR_BLOCK = _law(
    "Middleware Handling of Block Boundaries",
    "block-for-block",
    Level.MUST,
    Basis.KEYWORD,
    "a middleware component must yield at least one value each time its underlying application "
    "yields a value.",
)
RETURNS_AT_ONCE = _law(
    "Middleware Handling of Block Boundaries",
    "returns-at-once",
    Level.MUST,
    Basis.KEYWORD,
    "middleware must return an iterable as soon as its underlying application returns an iterable.",
)
YIELDED_NOT_WRITTEN = _law(
    "Middleware Handling of Block Boundaries",
    "yielded-not-written",
    Level.MUST_NOT,
    Basis.PLAIN,
    "It is also forbidden for middleware to use the write() callable to transmit data that is "
    "yielded by an underlying application.",
)
FILE_WRAPPER_OVERRIDDEN = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-overridden",
    Level.MUST,
    Basis.INFERRED,
    "(To do otherwise would prevent middleware from being able to interpret or override the response data.)",
    inference=(
        "The wrapper transmits nothing until the server gets it, so that middleware treats what it yields "
        "as it treats any other response."
    ),
)

ALL: tuple[Requirement, ...] = (
    APPLICATION_KIND,
    CONFORMS,
    START_REPEATED,
    EXC_INFO_RELEASED,
    CLOSED,
    STARTED_LATE,
    WRITE_PROVIDED,
    BLOCK_FOR_BLOCK,
    RETURNS_AT_ONCE,
    YIELDED_NOT_WRITTEN,
    FILE_WRAPPER_OVERRIDDEN,
)
"""Every duty of middleware that can be observed, in the order in which it is examined."""
