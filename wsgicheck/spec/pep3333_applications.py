"""What PEP 3333 asks of an application, in the order of the text.

These bind the other side of the interface: ``wsgicheck.observe`` and ``wsgicheck app`` judge by them, and
none of them counts when a server is checked. Levels are read as in ``pep3333``.
"""

from __future__ import annotations

from wsgicheck.model.law import Basis, Level, Requirement, Source
from wsgicheck.spec.declaration import law


def _law(
    section: str, id: str, level: Level, basis: Basis, quote: str, inference: str | None = None
) -> Requirement:
    return law(Source.PEP_3333, section, f"application-{id}", level, basis, quote, inference=inference)


# Specification Overview

CALLABLE_KIND = _law(
    "Specification Overview",
    "callable-kind",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "a server, gateway, or application that is invoking a callable must not have any dependency "
    "on what kind of callable was provided to it.",
)

# The Application/Framework Side

CALLED_AGAIN = _law(
    "The Application/Framework Side",
    "called-again",
    Level.MUST,
    Basis.PLAIN,
    "Application objects must be able to be invoked more than once",
)

# Specification Details

TWO_ARGUMENTS = _law(
    "Specification Details",
    "two-arguments",
    Level.MUST,
    Basis.PLAIN,
    "The application object must accept two positional arguments.",
)
POSITIONAL = _law(
    "Specification Details",
    "start-response-positional",
    Level.MUST,
    Basis.KEYWORD,
    "the application must invoke the start_response callable using positional arguments (e.g. "
    "start_response(status, response_headers)).",
)
START_ARGUMENTS = _law(
    "Specification Details",
    "start-response-arguments",
    Level.MUST,
    Basis.INFERRED,
    "The start_response parameter is a callable accepting two required positional arguments, and "
    "one optional argument.",
    inference=("A call with fewer or more arguments fails on every server that provides exactly these."),
)
LENGTH = _law(
    "Specification Details",
    "len-accurate",
    Level.MUST,
    Basis.KEYWORD,
    "if the iterable returned by the application provides a working __len__() method, it must "
    "return an accurate result.",
)
CLOSED_EARLY = _law(
    "Specification Details",
    "closable-early",
    Level.SHOULD_NOT,
    Basis.KEYWORD,
    "Applications returning a generator or other custom iterator should not assume the entire "
    "iterator will be consumed, as it may be closed early by the server.",
)
STARTED = _law(
    "Specification Details",
    "start-response-before-body",
    Level.MUST,
    Basis.KEYWORD,
    "the application must invoke the start_response() callable before the iterable yields its "
    "first body bytestring",
)

# environ Variables

VARIABLES = _law(
    "environ Variables",
    "environ-fallback",
    Level.SHOULD,
    Basis.KEYWORD,
    "Applications should check for the presence of any variables they require, and have a "
    "fallback plan in the event such a variable is absent.",
)
ERRORS_LINES = _law(
    "environ Variables",
    "errors-line-endings",
    Level.SHOULD,
    Basis.PLAIN,
    'applications should use "\\n" as a line ending, and assume that it will be converted to the '
    "correct line ending by the server/gateway.",
)

# Input and Error Streams

OVERREAD = _law(
    "Input and Error Streams",
    "input-within-content-length",
    Level.SHOULD_NOT,
    Basis.KEYWORD,
    "The application should not attempt to read more data than is specified by the CONTENT_LENGTH variable.",
)
STREAM_ATTRIBUTES = _law(
    "Input and Error Streams",
    "stream-methods",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "Applications conforming to this specification must not use any other methods or attributes "
    "of the input or errors objects.",
)
STREAMS_OPEN = _law(
    "Input and Error Streams",
    "streams-left-open",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "applications must not attempt to close these streams, even if they possess close() methods.",
)

# The start_response() Callable

STATUS_FORM = _law(
    "The start_response() Callable",
    "status-form",
    Level.MUST,
    Basis.INFERRED,
    "it is a string consisting of a Status-Code and a Reason-Phrase, in that order and separated "
    "by a single space, with no surrounding whitespace or other characters.",
    inference=("The definition of the argument; a server writes it on the status line as it is."),
)
STATUS_CONTROLS = _law(
    "The start_response() Callable",
    "status-without-controls",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "The string must not contain control characters, and must not be terminated with a carriage "
    "return, linefeed, or combination thereof.",
)
HEADERS_LIST = _law(
    "The start_response() Callable",
    "headers-list",
    Level.MUST,
    Basis.PLAIN,
    "It must be a Python list; i.e. type(response_headers) is ListType, and the server may change"
    " its contents in any way it desires.",
)
HEADER_PAIRS = _law(
    "The start_response() Callable",
    "header-pairs",
    Level.MUST,
    Basis.INFERRED,
    "The response_headers argument is a list of (header_name, header_value) tuples.",
    inference=("The definition of the argument; servers unpack each item into two strings."),
)
HEADER_NAME = _law(
    "The start_response() Callable",
    "header-name",
    Level.MUST,
    Basis.PLAIN,
    "Each header_name must be a valid HTTP header field-name (as defined by RFC 2616, Section "
    "4.2), without a trailing colon or other punctuation.",
)
HEADER_VALUE = _law(
    "The start_response() Callable",
    "header-value-without-controls",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "Each header_value must not include any control characters, including carriage returns or "
    "linefeeds, either embedded or at the end.",
)
PERSISTENCE = _law(
    "The start_response() Callable",
    "no-persistence-headers",
    Level.MUST_NOT,
    Basis.PLAIN,
    'Applications and middleware are forbidden from using HTTP/1.1 "hop-by-hop" features or '
    "headers, any equivalent features in HTTP/1.0, or any headers that would affect the "
    "persistence of the client's connection to the web server.",
)
EXC_INFO = _law(
    "The start_response() Callable",
    "exc-info-tuple",
    Level.MUST,
    Basis.PLAIN,
    "The exc_info argument, if supplied, must be a Python sys.exc_info() tuple.",
)
EXC_INFO_HANDLER = _law(
    "The start_response() Callable",
    "exc-info-from-handler",
    Level.SHOULD,
    Basis.PLAIN,
    "This argument should be supplied by the application only if start_response is being called "
    "by an error handler.",
)
ERRORS_PROPAGATE = _law(
    "The start_response() Callable",
    "start-response-errors-propagate",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "The application must not trap any exceptions raised by start_response, if it called "
    "start_response with exc_info.",
)
SECOND_CALL = _law(
    "The start_response() Callable",
    "second-call-with-exc-info",
    Level.MUST,
    Basis.PLAIN,
    "it is a fatal error to call start_response without the exc_info argument if start_response "
    "has already been called within the current invocation of the application.",
)

# Handling the Content-Length Header

CONTENT_LENGTH = _law(
    "Handling the Content-Length Header",
    "content-length-kept",
    Level.MUST,
    Basis.INFERRED,
    "if the application does not provide enough data to meet its stated Content-Length, the "
    "server should close the connection and log or otherwise report the error.",
    inference=(
        "The server is to report it as an error, so the application that states a length owes that "
        "many bytes; the same sentence's section has a server raise where it writes more."
    ),
)
TRANSFER_ENCODING = _law(
    "Handling the Content-Length Header",
    "no-transfer-encoding",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "applications and middleware must not apply any kind of Transfer-Encoding to their output, "
    "such as chunking or gzipping",
)

# The write() Callable

WRITE_AVOIDED = _law(
    "The write() Callable",
    "write-avoided",
    Level.SHOULD_NOT,
    Basis.KEYWORD,
    "New WSGI applications and frameworks should not use the write() callable if it is possible "
    "to avoid doing so.",
)
WRITE_IN_ITERABLE = _law(
    "The write() Callable",
    "write-outside-iterable",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "Applications must not invoke write() from within their return iterable",
)
ITERABLE = _law(
    "The write() Callable",
    "returns-iterable",
    Level.MUST,
    Basis.KEYWORD,
    "An application must return an iterable object, even if it uses write() to produce all or "
    "part of its response body.",
)

# Unicode Issues

LATIN_1 = _law(
    "Unicode Issues",
    "strings-latin-1",
    Level.MUST,
    Basis.INFERRED,
    "It is a fatal error for an application to supply strings containing any other Unicode "
    "character or code point.",
    inference=("What is a fatal error must not be done."),
)
NATIVE_STRINGS = _law(
    "Unicode Issues",
    "strings-str",
    Level.MUST,
    Basis.KEYWORD,
    'all objects referred to in this specification as "strings" must be of type str or StringType',
)
BYTES = _law(
    "Unicode Issues",
    "body-bytes",
    Level.MUST,
    Basis.KEYWORD,
    "passed to write() or yielded by the application), the value must be of type bytes under Python 3",
)

# Error Handling

ERRORS_TRAPPED = _law(
    "Error Handling",
    "errors-trapped",
    Level.SHOULD,
    Basis.KEYWORD,
    "applications should try to trap their own, internal errors, and display a helpful message in"
    " the browser.",
)

# Other HTTP Features

HOP_BY_HOP = _law(
    "Other HTTP Features",
    "no-hop-by-hop-headers",
    Level.MUST_NOT,
    Basis.KEYWORD,
    'WSGI applications must not generate any "hop-by-hop" headers, attempt to use HTTP features '
    "that would require them to generate such headers",
)

# Supporting Older (<2.2) Versions of Python

RAW_FILE = _law(
    "Supporting Older (<2.2) Versions of Python",
    "no-raw-file",
    Level.SHOULD_NOT,
    Basis.PLAIN,
    "In general, you shouldn't do this anyway, because it will perform quite poorly most of the time!",
)

# Optional Platform-Specific File Handling

FILE_LIKE = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-read",
    Level.MUST,
    Basis.PLAIN,
    'To be considered "file-like", the object supplied by the application must have a read() '
    "method that takes an optional size argument.",
)

# Questions and Answers

RUN_ONCE = _law(
    "Questions and Answers",
    "run-once-again",
    Level.SHOULD_NOT,
    Basis.PLAIN,
    "an application should not assume that it will definitely not be run again, just because it "
    "is called with wsgi.run_once set to True.",
)

ALL: tuple[Requirement, ...] = (
    CALLABLE_KIND,
    CALLED_AGAIN,
    TWO_ARGUMENTS,
    POSITIONAL,
    START_ARGUMENTS,
    LENGTH,
    CLOSED_EARLY,
    STARTED,
    VARIABLES,
    ERRORS_LINES,
    OVERREAD,
    STREAM_ATTRIBUTES,
    STREAMS_OPEN,
    STATUS_FORM,
    STATUS_CONTROLS,
    HEADERS_LIST,
    HEADER_PAIRS,
    HEADER_NAME,
    HEADER_VALUE,
    PERSISTENCE,
    EXC_INFO,
    EXC_INFO_HANDLER,
    ERRORS_PROPAGATE,
    SECOND_CALL,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
    WRITE_AVOIDED,
    WRITE_IN_ITERABLE,
    ITERABLE,
    LATIN_1,
    NATIVE_STRINGS,
    BYTES,
    ERRORS_TRAPPED,
    HOP_BY_HOP,
    RAW_FILE,
    FILE_LIKE,
    RUN_ONCE,
)
"""Every duty of an application that can be observed, in the order of the text."""
