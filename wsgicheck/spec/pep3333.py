"""What PEP 3333 asks of a server, in the order of the text.

The PEP never invokes RFC 2119. A bold "must" is read as ``KEYWORD``, one in running text as ``PLAIN``,
and both bind alike. What the PEP defines, shows in the sample gateway, or allows the other side to do
is ``INFERRED``, with the step from the sentence to the duty. Pure permissions are left out.
"""

from __future__ import annotations

import functools

from wsgicheck.model.law import Basis, Level, Requirement, Source
from wsgicheck.spec.declaration import law

_law = functools.partial(law, Source.PEP_3333)


# Preface for Readers of PEP 333

PYTHON_3_STRING_RULES = _law(
    "Preface for Readers of PEP 333",
    "python-3-string-rules",
    Level.MUST,
    Basis.PLAIN,
    "Under Python 3, however, your app or server must also follow the rules outlined in the sections below "
    "titled, A Note On String Types, and Unicode Issues.",
    untested="Only points to rules that are requirements of their own.",
)


# Specification Overview

CALLABLE_KIND = _law(
    "Specification Overview",
    "callable-any-kind",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "a server, gateway, or application that is invoking a callable must not have any dependency on what "
    "kind of callable was provided to it.",
)
CALLABLE_NOT_INTROSPECTED = _law(
    "Specification Overview",
    "callable-not-introspected",
    Level.SHOULD_NOT,
    Basis.INFERRED,
    "Callables are only to be called, not introspected upon.",
    inference=(
        "Stated as a consequence of the rule before it; looking without depending on what is seen does no "
        "harm."
    ),
    untested=(
        "A server may have to tell a WSGI application from others before it serves; the probe "
        "journals what is asked of it, and nothing of that is a request's."
    ),
)


# A Note On String Types

RESPONSE_LATIN_1 = _law(
    "A Note On String Types",
    "response-head-latin-1",
    Level.MUST,
    Basis.INFERRED,
    "the content of native strings must still be translatable to bytes via the Latin-1 encoding!",
    inference="Status and headers are native strings, so Latin-1 is how the server turns them into bytes.",
)
PATH_LATIN_1 = _law(
    "A Note On String Types",
    "path-latin-1",
    Level.MUST,
    Basis.INFERRED,
    "the content of native strings must still be translatable to bytes via the Latin-1 encoding!",
    inference=(
        "SCRIPT_NAME and PATH_INFO are native strings, so each byte of the decoded path is one Latin-1 "
        "character."
    ),
)
HTTP_VARIABLE_LATIN_1 = _law(
    "A Note On String Types",
    "http-variable-latin-1",
    Level.MUST,
    Basis.INFERRED,
    "the content of native strings must still be translatable to bytes via the Latin-1 encoding!",
    inference=(
        "The values of request headers are native strings, so each byte of a value is one Latin-1 character."
    ),
)


# The Server/Gateway Side

APP_CALLED_ONCE = _law(
    "The Server/Gateway Side",
    "app-called-once",
    Level.MUST,
    Basis.INFERRED,
    "The server or gateway invokes the application callable once for each request it receives from an HTTP "
    "client, that is directed at the application.",
    inference="Stated as what a server does.",
)
OS_VARIABLES_LATIN_1 = _law(
    "The Server/Gateway Side",
    "os-variables-latin-1",
    Level.MUST,
    Basis.INFERRED,
    'Convert an environment variable to a WSGI "bytes-as-unicode" string',
    inference=(
        "The sample gateway re-encodes os.environ, because a server must supply Latin-1 characters only."
    ),
)
HEADER_ERROR_AFTER_SET = _law(
    "The Server/Gateway Side",
    "header-error-after-set",
    Level.SHOULD,
    Basis.INFERRED,
    "error checking on the headers should happen here",
    inference=(
        "The sample checks after it stored the headers, which makes a repeated call without exc_info fail "
        "after a refused first one."
    ),
)
EMPTY_BLOCK_HOLDS_HEADERS = _law(
    "The Server/Gateway Side",
    "empty-block-holds-headers",
    Level.MUST,
    Basis.INFERRED,
    "don't send headers until body appears",
    inference=(
        'The sample gateway skips empty blocks, which is what "a non-empty bytestring" in the rule asks for.'
    ),
)
EXHAUSTED_SENDS_HEADERS = _law(
    "The Server/Gateway Side",
    "exhausted-sends-headers",
    Level.MUST,
    Basis.INFERRED,
    "send headers now if body was empty",
    inference="The sample gateway sends the stored headers when the iterable ends without data.",
)
CLOSE_ONLY_IF_PRESENT = _law(
    "The Server/Gateway Side",
    "close-only-if-present",
    Level.MUST,
    Basis.INFERRED,
    "if hasattr(result, 'close'): result.close()",
    inference="The method is optional, so its absence cannot be an error.",
)


# Middleware: Components that Play Both Sides

MIDDLEWARE_TRANSPARENT = _law(
    "Middleware: Components that Play Both Sides",
    "middleware-transparent",
    Level.SHOULD,
    Basis.PLAIN,
    'The presence of middleware in general is transparent to both the "server/gateway" and the '
    '"application/framework" sides of the interface, and should require no special support.',
    untested="It binds middleware, and a server has none of its own.",
)


# Specification Details

APP_POSITIONAL = _law(
    "Specification Details",
    "app-called-positionally",
    Level.MUST,
    Basis.KEYWORD,
    "A server or gateway must invoke the application object using positional (not keyword) arguments.",
)
ENVIRON_BUILTIN_DICT = _law(
    "Specification Details",
    "environ-builtin-dict",
    Level.MUST,
    Basis.KEYWORD,
    "This object must be a builtin Python dictionary (not a subclass, UserDict or other dictionary "
    "emulation)",
)
ENVIRON_MODIFIABLE = _law(
    "Specification Details",
    "environ-modifiable",
    Level.MUST,
    Basis.INFERRED,
    "the application is allowed to modify the dictionary in any way it desires.",
    inference="What the application may do, the server has to survive.",
)
ENVIRON_FRESH = _law(
    "Specification Details",
    "environ-fresh",
    Level.MUST,
    Basis.INFERRED,
    "the application is allowed to modify the dictionary in any way it desires.",
    inference="Changes by one request would reach another unless each has a dictionary of its own.",
)
START_RESPONSE_ARGUMENTS = _law(
    "Specification Details",
    "start-response-arguments",
    Level.MUST,
    Basis.INFERRED,
    "The start_response parameter is a callable accepting two required positional arguments, and one "
    "optional argument.",
    inference="A definition of the object that the server supplies.",
)
STATUS_DELIVERED = _law(
    "Specification Details",
    "status-delivered",
    Level.MUST,
    Basis.INFERRED,
    'The status parameter is a status string of the form "999 Message here"',
    inference="It begins the HTTP response, so the code of the response is the application's.",
)
HEADERS_DELIVERED = _law(
    "Specification Details",
    "headers-delivered",
    Level.MUST,
    Basis.INFERRED,
    "response_headers is a list of (header_name, header_value) tuples describing the HTTP response header.",
    inference="What describes the header of the response has to be in it.",
)
START_RESPONSE_WRITE = _law(
    "Specification Details",
    "start-response-returns-write",
    Level.MUST,
    Basis.PLAIN,
    "The start_response callable must return a write(body_data) callable that takes one positional parameter",
)
WRITE_ARGUMENT = _law(
    "Specification Details",
    "write-one-argument",
    Level.MUST,
    Basis.PLAIN,
    "must return a write(body_data) callable that takes one positional parameter: a bytestring to be "
    "written as part of the HTTP response body.",
)
ITERABLE_ANY_KIND = _law(
    "Specification Details",
    "iterable-any-kind",
    Level.MUST,
    Basis.INFERRED,
    "This can be accomplished in a variety of ways, such as by returning a list of bytestrings, or by the "
    "application being a generator function that yields bytestrings, or by the application being a class "
    "whose instances are iterable.",
    inference="What the application may return, the server has to accept.",
)
ITERABLE_EMPTY = _law(
    "Specification Details",
    "iterable-empty",
    Level.MUST,
    Basis.INFERRED,
    "the application object must always return an iterable yielding zero or more bytestrings.",
    inference=(
        "An application may yield nothing, so the server has to answer with the stored status and no body."
    ),
)
TRANSMIT_UNBUFFERED = _law(
    "Specification Details",
    "transmit-unbuffered",
    Level.MUST,
    Basis.PLAIN,
    "The server or gateway must transmit the yielded bytestrings to the client in an unbuffered fashion",
)
TRANSMIT_BEFORE_NEXT = _law(
    "Specification Details",
    "transmit-before-next",
    Level.MUST,
    Basis.PLAIN,
    "completing the transmission of each bytestring before requesting another one.",
)
BODY_BINARY = _law(
    "Specification Details",
    "body-binary",
    Level.SHOULD,
    Basis.PLAIN,
    "The server or gateway should treat the yielded bytestrings as binary byte sequences",
)
BODY_LINE_ENDINGS = _law(
    "Specification Details",
    "body-line-endings",
    Level.SHOULD,
    Basis.PLAIN,
    "in particular, it should ensure that line endings are not altered.",
)
CLOSE = _law(
    "Specification Details",
    "close-called",
    Level.MUST,
    Basis.KEYWORD,
    "the server or gateway must call that method upon completion of the current request, whether the "
    "request was completed normally, or terminated early due to an application error during iteration or an"
    " early disconnect of the browser.",
)
CLOSE_ON_ERROR = _law(
    "Specification Details",
    "close-on-error",
    Level.MUST,
    Basis.KEYWORD,
    "the server or gateway must call that method upon completion of the current request, whether the "
    "request was completed normally, or terminated early due to an application error during iteration",
)
CLOSE_ON_DISCONNECT = _law(
    "Specification Details",
    "close-on-disconnect",
    Level.MUST,
    Basis.KEYWORD,
    "the server or gateway must call that method upon completion of the current request, whether the "
    "request was completed normally, or terminated early due to an application error during iteration or an"
    " early disconnect of the browser.",
)
CLOSE_ON_RETURNED_OBJECT = _law(
    "Specification Details",
    "close-on-returned-object",
    Level.MUST,
    Basis.KEYWORD,
    "If the iterable returned by the application has a close() method, the server or gateway must call that"
    " method",
)
CLOSE_WHEN_CUT_SHORT = _law(
    "Specification Details",
    "close-when-cut-short",
    Level.MUST,
    Basis.KEYWORD,
    "the server or gateway must call that method upon completion of the current request",
)
CLOSE_AT_END = _law(
    "Specification Details",
    "close-at-end",
    Level.MUST,
    Basis.INFERRED,
    "the server or gateway must call that method upon completion of the current request",
    inference='"Upon completion" is not before the last block was taken from the iterable.',
)
CLOSE_ONCE = _law(
    "Specification Details",
    "close-once",
    Level.SHOULD,
    Basis.INFERRED,
    "the server or gateway must call that method upon completion of the current request",
    inference="One completion is one call; the text does not forbid a second.",
)
HEADERS_BEFORE_BODY = _law(
    "Specification Details",
    "headers-before-body",
    Level.MUST,
    Basis.INFERRED,
    "so that the server can send the headers before any body content.",
    inference="The purpose of the rule for applications, and HTTP allows no other order.",
)
BODY_WITHOUT_START_RESPONSE = _law(
    "Specification Details",
    "body-without-start-response",
    Level.MUST,
    Basis.INFERRED,
    "the application must invoke the start_response() callable before the iterable yields its first body "
    "bytestring",
    inference=(
        "Without the call there is no status that a server could truthfully send, so it has to signal an "
        "error."
    ),
)
END_WITHOUT_START_RESPONSE = _law(
    "Specification Details",
    "end-without-start-response",
    Level.MUST,
    Basis.INFERRED,
    "the application must invoke the start_response() callable before the iterable yields its first body "
    "bytestring",
    inference=(
        "An iterable that ends without the call left the server no status either, so it has to signal an "
        "error."
    ),
)
START_RESPONSE_LATE = _law(
    "Specification Details",
    "start-response-in-iteration",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "servers must not assume that start_response() has been called before they begin iterating over the "
    "iterable.",
)
ITERABLE_ATTRIBUTES = _law(
    "Specification Details",
    "iterable-attributes",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "servers and gateways must not directly use any other attributes of the iterable returned by the "
    "application, unless it is an instance of a type specific to that server or gateway",
)
ITERATION_GETITEM = _law(
    "Specification Details",
    "iteration-getitem",
    Level.MUST,
    Basis.INFERRED,
    "only attributes specified here, or accessed via e.g. the PEP 234 iteration APIs are acceptable.",
    inference=(
        "PEP 234 iteration includes the sequence protocol, which the file wrapper of this specification "
        "relies on."
    ),
)


# environ Variables

CGI_VARIABLES_PRESENT = _law(
    "environ Variables",
    "cgi-variables-present",
    Level.MUST,
    Basis.KEYWORD,
    "The following variables must be present, unless their value would be an empty string, in which case "
    "they may be omitted, except as otherwise noted below.",
)
REQUEST_METHOD = _law(
    "environ Variables",
    "request-method-present",
    Level.MUST,
    Basis.PLAIN,
    "This cannot ever be an empty string, and so is always required.",
)
REQUEST_METHOD_VALUE = _law(
    "environ Variables",
    "request-method-value",
    Level.MUST,
    Basis.INFERRED,
    'The HTTP request method, such as "GET" or "POST".',
    inference="The definition of a required variable.",
)
SCRIPT_NAME = _law(
    "environ Variables",
    "script-name",
    Level.MUST,
    Basis.INFERRED,
    'The initial portion of the request URL\'s "path" that corresponds to the application object, so '
    'that the application knows its virtual "location".',
    inference="The definition of a required variable.",
)
PATH_INFO = _law(
    "environ Variables",
    "path-info",
    Level.MUST,
    Basis.INFERRED,
    'The remainder of the request URL\'s "path", designating the virtual "location" of the request\'s '
    "target within the application.",
    inference="The definition of a required variable.",
)
QUERY_STRING = _law(
    "environ Variables",
    "query-string",
    Level.MUST,
    Basis.INFERRED,
    'The portion of the request URL that follows the "?", if any.',
    inference="The definition of a required variable.",
)
CONTENT_TYPE = _law(
    "environ Variables",
    "content-type",
    Level.MUST,
    Basis.INFERRED,
    "The contents of any Content-Type fields in the HTTP request.",
    inference="The definition of a required variable.",
)
CONTENT_LENGTH = _law(
    "environ Variables",
    "content-length",
    Level.MUST,
    Basis.INFERRED,
    "The contents of any Content-Length fields in the HTTP request.",
    inference="The definition of a required variable.",
)
SERVER_NAME_PORT_DEFAULT = _law(
    "environ Variables",
    "server-name-port-default",
    Level.MUST,
    Basis.INFERRED,
    "When HTTP_HOST is not set, these variables can be combined to determine a default.",
    inference="What the application may combine has to name the server that was asked.",
)
SERVER_NAME = _law(
    "environ Variables",
    "server-name",
    Level.MUST,
    Basis.PLAIN,
    "SERVER_NAME and SERVER_PORT are required strings and must never be empty.",
)
SERVER_PORT = _law(
    "environ Variables",
    "server-port",
    Level.MUST,
    Basis.PLAIN,
    "SERVER_NAME and SERVER_PORT are required strings and must never be empty.",
)
SERVER_PROTOCOL = _law(
    "environ Variables",
    "server-protocol-present",
    Level.MUST,
    Basis.KEYWORD,
    "The following variables must be present, unless their value would be an empty string",
)
SERVER_PROTOCOL_VALUE = _law(
    "environ Variables",
    "server-protocol-value",
    Level.MUST,
    Basis.INFERRED,
    "The version of the protocol the client used to send the request.",
    inference="The definition of a required variable.",
)
HTTP_VARIABLES = _law(
    "environ Variables",
    "http-variables",
    Level.SHOULD,
    Basis.PLAIN,
    "The presence or absence of these variables should correspond with the presence or absence of the "
    "appropriate HTTP header in the request.",
)
HTTP_VARIABLES_ABSENT = _law(
    "environ Variables",
    "http-variables-absent",
    Level.SHOULD,
    Basis.PLAIN,
    "The presence or absence of these variables should correspond with the presence or absence of the "
    "appropriate HTTP header in the request.",
)
HTTP_VARIABLE_NAMES = _law(
    "environ Variables",
    "http-variable-names",
    Level.MUST,
    Basis.INFERRED,
    "Variables corresponding to the client-supplied HTTP request headers (i.e., variables whose names begin"
    ' with "HTTP_").',
    inference="A definition; the mapping of the names is that of the Common Gateway Interface.",
)
CGI_VARIABLES_OTHER = _law(
    "environ Variables",
    "cgi-variables-other",
    Level.SHOULD,
    Basis.KEYWORD,
    "A server or gateway should attempt to provide as many other CGI variables as are applicable.",
)
SSL_VARIABLES = _law(
    "environ Variables",
    "ssl-variables",
    Level.SHOULD,
    Basis.KEYWORD,
    "if SSL is in use, the server or gateway should also provide as many of the Apache SSL environment "
    "variables [5] as are applicable, such as HTTPS=on and SSL_PROTOCOL.",
)
VARIABLES_DOCUMENTED = _law(
    "environ Variables",
    "variables-documented",
    Level.SHOULD,
    Basis.KEYWORD,
    "A WSGI-compliant server or gateway should document what variables it provides, along with their "
    "definitions as appropriate.",
    untested="A duty of the documentation.",
)
VARIABLES_LEFT_OUT = _law(
    "environ Variables",
    "variables-left-out",
    Level.SHOULD,
    Basis.PLAIN,
    "missing variables (such as REMOTE_USER when no authentication has occurred) should be left out of the "
    "environ dictionary.",
)
CGI_VARIABLES_STR = _law(
    "environ Variables",
    "cgi-variables-str",
    Level.MUST,
    Basis.PLAIN,
    "CGI-defined variables must be native strings, if they are present at all.",
)
WSGI_VARIABLES = _law(
    "environ Variables",
    "wsgi-variables-present",
    Level.MUST,
    Basis.KEYWORD,
    "and must contain the following WSGI-defined variables",
)
WSGI_VERSION = _law(
    "environ Variables",
    "wsgi-version",
    Level.MUST,
    Basis.INFERRED,
    "The tuple (1, 0), representing WSGI version 1.0.",
    inference="The value in the table of variables that environ must contain.",
)
WSGI_URL_SCHEME = _law(
    "environ Variables",
    "wsgi-url-scheme-str",
    Level.MUST,
    Basis.INFERRED,
    'A string representing the "scheme" portion of the URL at which the application is being invoked.',
    inference="The type in the table of variables that environ must contain.",
)
WSGI_URL_SCHEME_VALUE = _law(
    "environ Variables",
    "wsgi-url-scheme-value",
    Level.MUST,
    Basis.INFERRED,
    'Normally, this will have the value "http" or "https", as appropriate.',
    inference="The value in the table of variables that environ must contain.",
)
WSGI_INPUT = _law(
    "environ Variables",
    "wsgi-input",
    Level.MUST,
    Basis.INFERRED,
    "An input stream (file-like object) from which the HTTP request body bytes can be read.",
    inference="The value in the table of variables that environ must contain.",
)
WSGI_ERRORS = _law(
    "environ Variables",
    "wsgi-errors",
    Level.MUST,
    Basis.INFERRED,
    "An output stream (file-like object) to which error output can be written",
    inference="The value in the table of variables that environ must contain.",
)
ERRORS_RECORDED = _law(
    "environ Variables",
    "errors-recorded",
    Level.MUST,
    Basis.INFERRED,
    "for the purpose of recording program or other errors in a standardized and possibly centralized "
    "location.",
    inference="The purpose of the stream; output that goes nowhere does not serve it.",
)
ERRORS_TEXT = _law(
    "environ Variables",
    "errors-text-mode",
    Level.SHOULD,
    Basis.PLAIN,
    'This should be a "text mode" stream',
)
ERRORS_UNICODE = _law(
    "environ Variables",
    "errors-unicode",
    Level.SHOULD,
    Basis.KEYWORD,
    "the error stream should accept and log arbitrary unicode without raising an error",
)
ERRORS_DOCUMENTED = _law(
    "environ Variables",
    "errors-documented",
    Level.SHOULD,
    Basis.PLAIN,
    "The server's documentation should include an explanation of how to configure this or where to find the"
    " recorded output.",
    untested="A duty of the documentation.",
)
MULTITHREAD_TRUE = _law(
    "environ Variables",
    "multithread-true",
    Level.SHOULD,
    Basis.PLAIN,
    "This value should evaluate true if the application object may be simultaneously invoked by another "
    "thread in the same process",
)
MULTITHREAD_FALSE = _law(
    "environ Variables",
    "multithread-false",
    Level.SHOULD,
    Basis.PLAIN,
    "simultaneously invoked by another thread in the same process, and should evaluate false otherwise.",
    untested=(
        "That no other thread may ever come cannot be seen from outside; claiming too much is harmless."
    ),
)
MULTIPROCESS_TRUE = _law(
    "environ Variables",
    "multiprocess-true",
    Level.SHOULD,
    Basis.PLAIN,
    "This value should evaluate true if an equivalent application object may be simultaneously invoked by "
    "another process",
)
MULTIPROCESS_FALSE = _law(
    "environ Variables",
    "multiprocess-false",
    Level.SHOULD,
    Basis.PLAIN,
    "simultaneously invoked by another process, and should evaluate false otherwise.",
    untested=(
        "That no other process may ever come cannot be seen from outside; claiming too much is harmless."
    ),
)
RUN_ONCE = _law(
    "environ Variables",
    "run-once-value",
    Level.SHOULD,
    Basis.PLAIN,
    "This value should evaluate true if the server or gateway expects (but does not guarantee!) that the "
    "application will only be invoked this one time during the life of its containing process.",
)
EXTENSION_NAMES = _law(
    "environ Variables",
    "extension-names",
    Level.SHOULD,
    Basis.PLAIN,
    "These variables should be named using only lower-case letters, numbers, dots, and underscores",
)
EXTENSION_PREFIX = _law(
    "environ Variables",
    "extension-prefix",
    Level.SHOULD,
    Basis.PLAIN,
    "and should be prefixed with a name that is unique to the defining server or gateway.",
)


# Input and Error Streams

INPUT_READ = _law(
    "Input and Error Streams",
    "input-read",
    Level.MUST,
    Basis.KEYWORD,
    "The methods listed in the table above must be supported by all servers conforming to this "
    "specification.",
)
INPUT_READLINE = _law(
    "Input and Error Streams",
    "input-readline",
    Level.MUST,
    Basis.KEYWORD,
    "The methods listed in the table above must be supported by all servers conforming to this "
    "specification.",
)
INPUT_READLINES = _law(
    "Input and Error Streams",
    "input-readlines",
    Level.MUST,
    Basis.KEYWORD,
    "The methods listed in the table above must be supported by all servers conforming to this "
    "specification.",
)
INPUT_ITER = _law(
    "Input and Error Streams",
    "input-iter",
    Level.MUST,
    Basis.KEYWORD,
    "The methods listed in the table above must be supported by all servers conforming to this "
    "specification.",
)
ERRORS_FLUSH = _law(
    "Input and Error Streams",
    "errors-flush",
    Level.MUST,
    Basis.KEYWORD,
    "The methods listed in the table above must be supported by all servers conforming to this "
    "specification.",
)
ERRORS_WRITE = _law(
    "Input and Error Streams",
    "errors-write",
    Level.MUST,
    Basis.KEYWORD,
    "The methods listed in the table above must be supported by all servers conforming to this "
    "specification.",
)
ERRORS_WRITELINES = _law(
    "Input and Error Streams",
    "errors-writelines",
    Level.MUST,
    Basis.KEYWORD,
    "The methods listed in the table above must be supported by all servers conforming to this "
    "specification.",
)
INPUT_READ_SIZE = _law(
    "Input and Error Streams",
    "input-read-size",
    Level.MUST,
    Basis.INFERRED,
    "The semantics of each method are as documented in the Python Library Reference",
    inference="The library: read(size) returns at most size bytes, and none only at the end.",
)
INPUT_READ_WHOLE = _law(
    "Input and Error Streams",
    "input-read-whole",
    Level.SHOULD,
    Basis.INFERRED,
    "The semantics of each method are as documented in the Python Library Reference",
    inference=(
        "The library: read(size) of a buffered stream returns fewer than size bytes only at the end. One of "
        "an unbuffered stream may, so that it is no must."
    ),
)
INPUT_LINES = _law(
    "Input and Error Streams",
    "input-lines-lf",
    Level.MUST,
    Basis.INFERRED,
    "The semantics of each method are as documented in the Python Library Reference",
    inference="The library: lines of a binary stream end with a line feed, keep it, and end nowhere else.",
)
INPUT_ONE_POSITION = _law(
    "Input and Error Streams",
    "input-one-position",
    Level.MUST,
    Basis.INFERRED,
    "The semantics of each method are as documented in the Python Library Reference",
    inference="The library: all methods of a stream read on from one position.",
)
INPUT_SPECIAL_SIZES = _law(
    "Input and Error Streams",
    "input-special-sizes",
    Level.SHOULD,
    Basis.INFERRED,
    "The semantics of each method are as documented in the Python Library Reference",
    inference="The library: a size of 0 reads nothing, a negative one or None reads to the end.",
)
ERRORS_NO_SEPARATORS = _law(
    "Input and Error Streams",
    "errors-no-separators",
    Level.MUST,
    Basis.INFERRED,
    "The semantics of each method are as documented in the Python Library Reference",
    inference="The library: writelines() adds no line separators.",
)
INPUT_EOF = _law(
    "Input and Error Streams",
    "input-eof-at-content-length",
    Level.SHOULD,
    Basis.KEYWORD,
    "should simulate an end-of-file condition if the application attempts to read past that point.",
)
INPUT_READ_ALL = _law(
    "Input and Error Streams",
    "input-read-without-size",
    Level.SHOULD,
    Basis.KEYWORD,
    "A server should allow read() to be called without an argument, and return the remainder of the "
    "client's input stream.",
)
INPUT_EXHAUSTED = _law(
    "Input and Error Streams",
    "input-exhausted-empty",
    Level.SHOULD,
    Basis.KEYWORD,
    "A server should return empty bytestrings from any attempt to read from an empty or exhausted input "
    "stream.",
)
INPUT_READLINE_SIZE = _law(
    "Input and Error Streams",
    "input-readline-size",
    Level.SHOULD,
    Basis.KEYWORD,
    'Servers should support the optional "size" argument to readline()',
)


# The start_response() Callable

EXC_INFO_NONE = _law(
    "The start_response() Callable",
    "exc-info-none",
    Level.MUST,
    Basis.INFERRED,
    "a callable of the form start_response(status, response_headers, exc_info=None).",
    inference="The default that is shown, given explicitly, means what leaving it out means.",
)
STATUS_UNCHANGED = _law(
    "The start_response() Callable",
    "status-unchanged",
    Level.SHOULD,
    Basis.INFERRED,
    "it is a string consisting of a Status-Code and a Reason-Phrase, in that order and separated by a "
    "single space",
    inference="The string is the application's output, of which it should have complete control.",
)
MISSING_HEADER_ADDED = _law(
    "The start_response() Callable",
    "missing-header-added",
    Level.MUST,
    Basis.KEYWORD,
    "if the application omits a header required by HTTP (or other relevant specifications that are in "
    "effect), the server or gateway must add it.",
)
DATE_AND_SERVER = _law(
    "The start_response() Callable",
    "date-and-server",
    Level.SHOULD,
    Basis.INFERRED,
    "the HTTP Date: and Server: headers would normally be supplied by the server or gateway.",
    inference='An example of headers that the server adds; "normally" leaves exceptions.',
)
HEADER_NOT_DUPLICATED = _law(
    "The start_response() Callable",
    "header-not-duplicated",
    Level.MUST,
    Basis.INFERRED,
    "if the application omits a header required by HTTP (or other relevant specifications that are in "
    "effect), the server or gateway must add it.",
    inference="The condition is that the application left it out; what it supplied is not added again.",
)
HEADER_NAMES_CASE = _law(
    "The start_response() Callable",
    "header-names-case-insensitive",
    Level.MUST,
    Basis.INFERRED,
    "HTTP header names are case-insensitive, so be sure to take that into consideration when examining "
    "application-supplied headers!",
    inference="An imperative without a modal word.",
)
HOP_BY_HOP_FATAL = _law(
    "The start_response() Callable",
    "hop-by-hop-fatal",
    Level.SHOULD,
    Basis.KEYWORD,
    "a server or gateway should consider it a fatal error for an application to attempt sending them",
)
HOP_BY_HOP_RAISES = _law(
    "The start_response() Callable",
    "hop-by-hop-raises",
    Level.SHOULD,
    Basis.KEYWORD,
    "and raise an error if they are supplied to start_response().",
)
HEADER_ERRORS = _law(
    "The start_response() Callable",
    "header-errors-raise",
    Level.SHOULD,
    Basis.KEYWORD,
    "Servers should check for errors in the headers at the time start_response is called, so that an error "
    "can be raised while the application is still running.",
)
START_RESPONSE_SENDS_NOTHING = _law(
    "The start_response() Callable",
    "start-response-sends-nothing",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "the start_response callable must not actually transmit the response headers.",
)
HEADERS_WAIT = _law(
    "The start_response() Callable",
    "headers-wait-for-body",
    Level.MUST,
    Basis.PLAIN,
    "it must store them for the server or gateway to transmit only after the first iteration of the "
    "application return value that yields a non-empty bytestring",
)
HEADERS_AT_WRITE = _law(
    "The start_response() Callable",
    "headers-at-first-write",
    Level.MUST,
    Basis.INFERRED,
    "or upon the application's first invocation of the write() callable.",
    inference="The first write() is named as one of the two events that release the headers.",
)
HEADERS_NOT_EARLY = _law(
    "The start_response() Callable",
    "headers-not-early",
    Level.MUST_NOT,
    Basis.PLAIN,
    "response headers must not be sent until there is actual body data available, or until the "
    "application's returned iterable is exhausted.",
)
EXC_INFO_REPLACES = _law(
    "The start_response() Callable",
    "exc-info-replaces",
    Level.SHOULD,
    Basis.PLAIN,
    "If exc_info is supplied, and no HTTP headers have been output yet, start_response should replace the "
    "currently-stored HTTP response headers with the newly-supplied ones",
)
EXC_INFO_RAISES = _law(
    "The start_response() Callable",
    "exc-info-raises",
    Level.MUST,
    Basis.KEYWORD,
    "if exc_info is provided, and the HTTP headers have already been sent, start_response must raise an "
    "error",
)
EXC_INFO_RERAISED = _law(
    "The start_response() Callable",
    "exc-info-reraised",
    Level.SHOULD,
    Basis.KEYWORD,
    "and should re-raise using the exc_info tuple.",
)
SECOND_CALL_FATAL = _law(
    "The start_response() Callable",
    "second-call-fatal",
    Level.MUST,
    Basis.INFERRED,
    "it is a fatal error to call start_response without the exc_info argument if start_response has already"
    " been called within the current invocation of the application.",
    inference="A fatal error of the application is one that the server does not let pass.",
)
SECOND_CALL_AFTER_ERROR = _law(
    "The start_response() Callable",
    "second-call-after-error",
    Level.MUST,
    Basis.INFERRED,
    "This includes the case where the first call to start_response raised an error.",
    inference="A fatal error of the application is one that the server does not let pass.",
)
START_RESPONSE_PER_INVOCATION = _law(
    "The start_response() Callable",
    "start-response-per-invocation",
    Level.MUST,
    Basis.INFERRED,
    "if start_response has already been called within the current invocation of the application.",
    inference="The count is that of one invocation, so nothing may carry over to another.",
)
EXC_INFO_RELEASED = _law(
    "The start_response() Callable",
    "exc-info-released",
    Level.SHOULD,
    Basis.KEYWORD,
    "servers, gateways, or middleware implementing start_response should ensure that no reference is held "
    "to the exc_info parameter beyond the duration of the function's execution",
)


# Handling the Content-Length Header

EXCESS_NOT_SENT = _law(
    "Handling the Content-Length Header",
    "excess-not-sent",
    Level.SHOULD_NOT,
    Basis.KEYWORD,
    "the server should not transmit more bytes to the client than the header allows",
)
EXCESS_STOPS = _law(
    "Handling the Content-Length Header",
    "excess-stops-iteration",
    Level.SHOULD,
    Basis.KEYWORD,
    "and should stop iterating over the response when enough data has been sent",
)
EXCESS_WRITE_RAISES = _law(
    "Handling the Content-Length Header",
    "excess-write-raises",
    Level.SHOULD,
    Basis.KEYWORD,
    "or raise an error if the application tries to write() past that point.",
)
SHORTFALL_CLOSES = _law(
    "Handling the Content-Length Header",
    "shortfall-closes",
    Level.SHOULD,
    Basis.KEYWORD,
    "if the application does not provide enough data to meet its stated Content-Length, the server should "
    "close the connection",
)
SHORTFALL_REPORTED = _law(
    "Handling the Content-Length Header",
    "shortfall-reported",
    Level.SHOULD,
    Basis.KEYWORD,
    "the server should close the connection and log or otherwise report the error.",
)
LENGTH_INFERRED = _law(
    "Handling the Content-Length Header",
    "length-inferred-without-write",
    Level.MUST,
    Basis.INFERRED,
    "If the application does not call the write() callable, and returns an iterable whose len() is 1, then "
    "the server can automatically determine Content-Length",
    inference=(
        "The permission has a condition; after write() the length of the one block is not that of the body."
    ),
)
CHUNKED_BOTH_1_1 = _law(
    "Handling the Content-Length Header",
    "chunked-both-http-1-1",
    Level.MUST,
    Basis.INFERRED,
    'if the server and client both support HTTP/1.1 "chunked encoding", then the server may use chunked '
    "encoding",
    inference="The permission has a condition; an HTTP/1.0 client could not read the answer.",
)
CHUNKED_COMPLIES = _law(
    "Handling the Content-Length Header",
    "chunked-complies",
    Level.MUST,
    Basis.KEYWORD,
    "the server must comply fully with RFC 2616 when doing this, or else fall back to one of the other "
    "strategies for dealing with the absence of Content-Length.",
)
EMPTY_BLOCK_NOT_LAST_CHUNK = _law(
    "Handling the Content-Length Header",
    "empty-block-not-last-chunk",
    Level.MUST,
    Basis.INFERRED,
    "the server must comply fully with RFC 2616 when doing this",
    inference="A chunk of length zero ends the body, so an empty block must not become one.",
)


# Buffering and Streaming

BLOCK_NOT_DELAYED = _law(
    "Buffering and Streaming",
    "block-not-delayed",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "WSGI servers, gateways, and middleware must not delay the transmission of any block",
)
BLOCK_TRANSMISSION = _law(
    "Buffering and Streaming",
    "block-transmission",
    Level.MUST,
    Basis.KEYWORD,
    "they must either fully transmit the block to the client, or guarantee that they will continue "
    "transmission even while the application is producing its next block.",
)


# Middleware Handling of Block Boundaries

EMPTY_BLOCK_HARMLESS = _law(
    "Middleware Handling of Block Boundaries",
    "empty-block-harmless",
    Level.MUST,
    Basis.INFERRED,
    "If the middleware cannot yield any other value, it must yield an empty bytestring.",
    inference="Middleware has to yield empty blocks at any point, so a server has to take them for nothing.",
)


# The write() Callable

WRITE_AS_YIELDED = _law(
    "The write() Callable",
    "write-as-yielded",
    Level.MUST,
    Basis.INFERRED,
    "a bytestring to be written as part of the HTTP response body, that is treated exactly as though it had"
    " been yielded by the output iterable.",
    inference="The definition of the callable that the server supplies.",
)
WRITE_IMMEDIATE = _law(
    "The write() Callable",
    "write-immediate",
    Level.MUST,
    Basis.PLAIN,
    "before write() returns, it must guarantee that the passed-in bytestring was either completely sent to "
    "the client, or that it is buffered for transmission while the application proceeds onward.",
)
WRITE_AND_ITERABLE = _law(
    "The write() Callable",
    "write-and-iterable",
    Level.MUST,
    Basis.PLAIN,
    "if it does yield non-empty bytestrings, that output must be treated normally by the server or gateway",
)
WRITE_FIRST = _law(
    "The write() Callable",
    "write-before-yielded",
    Level.MUST,
    Basis.INFERRED,
    "any bytestrings yielded by the iterable are transmitted after all bytestrings passed to write() have "
    "been sent to the client.",
    inference="Stated as the consequence of when write() may be called.",
)


# Unicode Issues

NO_TRANSCODING = _law(
    "Unicode Issues",
    "no-transcoding",
    Level.MUST,
    Basis.PLAIN,
    "All encoding/decoding must be handled by the application; all strings passed to or from the server "
    "must be of type str or bytes, never unicode.",
)
NON_LATIN_1_FATAL = _law(
    "Unicode Issues",
    "non-latin-1-fatal",
    Level.MUST,
    Basis.INFERRED,
    "It is a fatal error for an application to supply strings containing any other Unicode character or "
    "code point.",
    inference="A fatal error of the application is one that the server does not let pass.",
)
STRINGS_LATIN_1 = _law(
    "Unicode Issues",
    "strings-latin-1",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "servers and gateways must not supply strings to an application containing any other Unicode characters.",
)
INPUT_BYTES = _law(
    "Unicode Issues",
    "input-bytes",
    Level.MUST,
    Basis.KEYWORD,
    'For values referred to in this specification as "bytestrings" (i.e., values read from wsgi.input, '
    "passed to write() or yielded by the application), the value must be of type bytes under Python 3",
)
BODY_BYTES_ONLY = _law(
    "Unicode Issues",
    "body-bytes-only",
    Level.SHOULD,
    Basis.INFERRED,
    "values read from wsgi.input, passed to write() or yielded by the application), the value must be of "
    "type bytes under Python 3",
    inference=(
        "It binds the application, and what a server does with text is left undefined; but encoding is the "
        "application's, and a server that sends text in an encoding of its choice makes up content."
    ),
)
BYTES_NOT_ITERABLE = _law(
    "Unicode Issues",
    "bytes-as-iterable",
    Level.SHOULD,
    Basis.INFERRED,
    "values read from wsgi.input, passed to write() or yielded by the application), the value must be of "
    "type bytes under Python 3",
    inference="A bytes object yields integers, which are no bytestrings.",
)


# Error Handling

EXC_INFO_RETURNS = _law(
    "Error Handling",
    "exc-info-returns",
    Level.MUST,
    Basis.INFERRED,
    "If no output has been written when an exception occurs, the call to start_response will return "
    "normally, and the application will return an error body to be sent to the browser.",
    inference="Stated as what the callable of the server does.",
)
ERROR_TRAPPED = _law(
    "Error Handling",
    "error-trapped",
    Level.SHOULD,
    Basis.KEYWORD,
    "Servers should trap and log any exception that aborts an application or the iteration of its return "
    "value.",
)
ERROR_TRAPPED_ITERATION = _law(
    "Error Handling",
    "error-trapped-in-iteration",
    Level.SHOULD,
    Basis.KEYWORD,
    "Servers should trap and log any exception that aborts an application or the iteration of its return "
    "value.",
)
ERROR_LOGGED = _law(
    "Error Handling",
    "error-logged",
    Level.SHOULD,
    Basis.KEYWORD,
    "Servers should trap and log any exception that aborts an application",
)
ERROR_LOGGED_ITERATION = _law(
    "Error Handling",
    "error-logged-in-iteration",
    Level.SHOULD,
    Basis.KEYWORD,
    "Servers should trap and log any exception that aborts an application or the iteration of its return "
    "value.",
)
ERROR_MESSAGE_TEXT_ONLY = _law(
    "Error Handling",
    "error-message-text-only",
    Level.SHOULD_NOT,
    Basis.INFERRED,
    "the server or gateway may attempt to add an error message to the output, if the already-sent headers "
    "indicate a text/* content type that the server knows how to modify cleanly.",
    inference="The permission has a condition: to other content nothing is added.",
)


# HTTP 1.1 Expect/Continue

EXPECT_CONTINUE = _law(
    "HTTP 1.1 Expect/Continue",
    "expect-continue",
    Level.MUST,
    Basis.KEYWORD,
    "Servers and gateways that implement HTTP 1.1 must provide transparent support for HTTP 1.1's "
    '"expect/continue" mechanism.',
)
EXPECT_READ_BLOCKS = _law(
    "HTTP 1.1 Expect/Continue",
    "expect-read-blocks",
    Level.MUST,
    Basis.PLAIN,
    "The read request must then remain blocked until the client responds.",
)
EXPECT_SILENT = _law(
    "HTTP 1.1 Expect/Continue",
    "expect-silent-wait",
    Level.SHOULD_NOT,
    Basis.PLAIN,
    "Wait until the client decides that the server does not support expect/continue, and sends the request "
    "body on its own. (This is suboptimal, and is not recommended.)",
)


# Other HTTP Features

PLAY_DUMB = _law(
    "Other HTTP Features",
    "play-dumb",
    Level.SHOULD,
    Basis.PLAIN,
    'servers and gateways should "play dumb" and allow the application complete control over its output.',
)
SEMANTICS_UNCHANGED = _law(
    "Other HTTP Features",
    "semantics-unchanged",
    Level.SHOULD,
    Basis.PLAIN,
    "They should only make changes that do not alter the effective semantics of the application's response.",
)
CONSERVATIVE = _law(
    "Other HTTP Features",
    "conservative",
    Level.SHOULD,
    Basis.PLAIN,
    "server/gateway developers should be conservative in their implementation.",
    untested="Advice to developers that no single behaviour breaks.",
)
GATEWAY_ROLE = _law(
    "Other HTTP Features",
    "gateway-role",
    Level.SHOULD,
    Basis.PLAIN,
    'a server should consider itself to be like an HTTP "gateway server", with the application being an '
    'HTTP "origin server".',
    untested="A way of looking at the server; what follows from it are requirements of their own.",
)
HOP_BY_HOP_INBOUND = _law(
    "Other HTTP Features",
    "hop-by-hop-inbound",
    Level.MUST,
    Basis.KEYWORD,
    'WSGI servers must handle any supported inbound "hop-by-hop" headers on their own',
)
TRANSFER_ENCODING_DECODED = _law(
    "Other HTTP Features",
    "transfer-encoding-decoded",
    Level.MUST,
    Basis.KEYWORD,
    'WSGI servers must handle any supported inbound "hop-by-hop" headers on their own, such as by decoding '
    "any inbound Transfer-Encoding, including chunked encoding if applicable.",
)


# Thread Support

SINGLE_THREADED = _law(
    "Thread Support",
    "single-threaded-option",
    Level.SHOULD,
    Basis.KEYWORD,
    "Servers that can run multiple requests in parallel, should also provide the option of running an "
    "application in a single-threaded fashion",
    untested="An option of how the server is started, which differs from server to server.",
)


# Server Extension APIs

EXTENSION_MIDDLEWARE = _law(
    "Server Extension APIs",
    "extension-middleware",
    Level.SHOULD_NOT,
    Basis.PLAIN,
    "Server/gateway developers should not assume that nobody will use middleware",
    untested="Concerns the design of extensions that differ from server to server.",
)
EXTENSION_INVOCATION = _law(
    "Server Extension APIs",
    "extension-invocation",
    Level.MUST,
    Basis.KEYWORD,
    "servers and gateways that provide extension APIs that replace some WSGI functionality, must design "
    "those APIs so that they are invoked using the portion of the API that they replace.",
    untested="Concerns the design of extensions that differ from server to server.",
)
EXTENSION_ENVIRON = _law(
    "Server Extension APIs",
    "extension-environ",
    Level.MUST,
    Basis.PLAIN,
    "an extension API to access HTTP request headers must require the application to pass in its current "
    "environ",
    untested="Concerns the design of extensions that differ from server to server.",
)
EXTENSION_HEADERS_REFUSED = _law(
    "Server Extension APIs",
    "extension-headers-refused",
    Level.MUST,
    Basis.PLAIN,
    "If the extension API cannot guarantee that it will always agree with environ about the contents of "
    "HTTP headers, it must refuse service to the application",
    untested="Concerns the design of extensions that differ from server to server.",
)
EXTENSION_START_RESPONSE = _law(
    "Server Extension APIs",
    "extension-start-response",
    Level.SHOULD,
    Basis.PLAIN,
    "if an extension API provides an alternate means of writing response data or headers, it should require"
    " the start_response callable to be passed in, before the application can obtain the extended service.",
    untested="Concerns the design of extensions that differ from server to server.",
)
EXTENSION_WRITING_REFUSED = _law(
    "Server Extension APIs",
    "extension-writing-refused",
    Level.MUST,
    Basis.PLAIN,
    "If the object passed in is not the same one that the server/gateway originally supplied to the "
    "application, it cannot guarantee correct operation and must refuse to provide the extended service to "
    "the application.",
    untested="Concerns the design of extensions that differ from server to server.",
)


# Application Configuration

CONFIGURATION_DOCUMENTED = _law(
    "Application Configuration",
    "configuration-documented",
    Level.SHOULD,
    Basis.INFERRED,
    "It is expected that server/gateway authors will document how to configure the server to execute a "
    "particular application object, and with what options (such as threading options).",
    inference='"Expected" is less than a demand.',
    untested="A duty of the documentation.",
)
DEPLOYER_VARIABLES = _law(
    "Application Configuration",
    "deployer-variables",
    Level.SHOULD,
    Basis.KEYWORD,
    "Servers and gateways should support this by allowing an application's deployer to specify name-value "
    "pairs to be placed in environ.",
    untested="A matter of how the application is deployed, which differs from server to server.",
)


# URL Reconstruction

URL_HTTP_HOST = _law(
    "URL Reconstruction",
    "url-http-host",
    Level.MUST,
    Basis.INFERRED,
    "if environ.get('HTTP_HOST'): url += environ['HTTP_HOST']",
    inference=(
        "The algorithm takes the authority from HTTP_HOST, so what it holds has to be that of the request."
    ),
)
URL_SERVER_PORT = _law(
    "URL Reconstruction",
    "url-server-port-text",
    Level.MUST,
    Basis.INFERRED,
    "if environ['SERVER_PORT'] != '80': url += ':' + environ['SERVER_PORT']",
    inference="The algorithm compares and joins the port as text, so it has to be a plain decimal string.",
)
URL_PATH_DECODED = _law(
    "URL Reconstruction",
    "url-path-decoded",
    Level.MUST,
    Basis.INFERRED,
    "url += quote(environ.get('SCRIPT_NAME', '')) url += quote(environ.get('PATH_INFO', ''))",
    inference="The algorithm quotes both parts, so they have to be decoded, and decoded once.",
)
URL_QUERY_ENCODED = _law(
    "URL Reconstruction",
    "url-query-encoded",
    Level.MUST,
    Basis.INFERRED,
    "url += '?' + environ['QUERY_STRING']",
    inference="The algorithm does not quote the query, so it has to be left as it was sent.",
)


# Supporting Older (<2.2) Versions of Python

FOR_LOOP_BEFORE_2_2 = _law(
    "Supporting Older (<2.2) Versions of Python",
    "for-loop-before-2-2",
    Level.MUST,
    Basis.PLAIN,
    "servers and gateways targeting pre-2.2 versions of Python must simply restrict themselves to using "
    'only a standard "for" loop to iterate over any iterable returned by an application.',
    untested="Concerns Python before 2.2.",
)


# Optional Platform-Specific File Handling

FILE_WRAPPER_ARGUMENTS = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-arguments",
    Level.MUST,
    Basis.PLAIN,
    "If the server or gateway supplies wsgi.file_wrapper, it must be a callable that accepts one required "
    "positional parameter, and one optional positional parameter.",
)
FILE_WRAPPER_ITERABLE = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-iterable",
    Level.MUST,
    Basis.KEYWORD,
    "The callable must return an iterable object",
)
FILE_WRAPPER_NOT_EARLY = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-not-early",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "must not perform any data transmission until and unless the server/gateway actually receives the "
    "iterable as a return value from the application.",
)
FILE_WRAPPER_READ_ONLY = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-needs-only-read",
    Level.MUST,
    Basis.INFERRED,
    'To be considered "file-like", the object supplied by the application must have a read() method that '
    "takes an optional size argument.",
    inference="Nothing else is asked of the object, so the server must not need more.",
)
FILE_WRAPPER_CLOSE = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-close",
    Level.MUST,
    Basis.KEYWORD,
    "the iterable returned by wsgi.file_wrapper must have a close() method that invokes the original "
    "file-like object's close() method.",
)
FILE_WRAPPER_AFTER_RETURN = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-after-return",
    Level.MUST,
    Basis.KEYWORD,
    "The actual implementation of any platform-specific file handling must occur after the application "
    "returns, and the server or gateway checks to see if a wrapper object was returned.",
)
FILE_WRAPPER_DISCARDED = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-discarded",
    Level.MUST,
    Basis.INFERRED,
    "it is not guaranteed that any wrapper created will actually be used.",
    inference="Where another iterable is returned, that one is the response.",
)
FILE_WRAPPER_SEMANTICS = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-semantics",
    Level.SHOULD,
    Basis.PLAIN,
    "the semantics of returning a file wrapper from the application should be the same as if the "
    "application had returned iter(filelike.read, '').",
)
FILE_WRAPPER_POSITION = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-position",
    Level.SHOULD,
    Basis.PLAIN,
    'transmission should begin at the current position within the "file" at the time that transmission '
    "begins",
)
FILE_WRAPPER_TO_END = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-to-end",
    Level.SHOULD,
    Basis.PLAIN,
    'transmission should begin at the current position within the "file" at the time that transmission '
    "begins, and continue until the end is reached",
)
FILE_WRAPPER_CONTENT_LENGTH = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-content-length",
    Level.SHOULD,
    Basis.PLAIN,
    "and continue until the end is reached, or until Content-Length bytes have been written.",
)
FILE_WRAPPER_INTROSPECTS = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-introspects",
    Level.MUST,
    Basis.INFERRED,
    "a wsgi.file_wrapper has to introspect the supplied object for things such as a fileno() (Unix-like "
    "OSes)",
    inference='"Has to" is stated as a fact about the platform\'s functions.',
)
FILE_WRAPPER_FALLBACK = _law(
    "Optional Platform-Specific File Handling",
    "file-wrapper-fallback",
    Level.MUST,
    Basis.KEYWORD,
    "even if the object is not suitable for the platform API, the wsgi.file_wrapper must still return an "
    "iterable that wraps read() and close()",
)


# Questions and Answers

SERVICES_IN_ENVIRON = _law(
    "Questions and Answers",
    "services-in-environ",
    Level.SHOULD,
    Basis.PLAIN,
    "This is the recommended approach for offering any such value-added services.",
    untested="Concerns the design of extensions that differ from server to server.",
)


ALL: tuple[Requirement, ...] = (
    PYTHON_3_STRING_RULES,
    CALLABLE_KIND,
    CALLABLE_NOT_INTROSPECTED,
    RESPONSE_LATIN_1,
    PATH_LATIN_1,
    HTTP_VARIABLE_LATIN_1,
    APP_CALLED_ONCE,
    OS_VARIABLES_LATIN_1,
    HEADER_ERROR_AFTER_SET,
    EMPTY_BLOCK_HOLDS_HEADERS,
    EXHAUSTED_SENDS_HEADERS,
    CLOSE_ONLY_IF_PRESENT,
    MIDDLEWARE_TRANSPARENT,
    APP_POSITIONAL,
    ENVIRON_BUILTIN_DICT,
    ENVIRON_MODIFIABLE,
    ENVIRON_FRESH,
    START_RESPONSE_ARGUMENTS,
    STATUS_DELIVERED,
    HEADERS_DELIVERED,
    START_RESPONSE_WRITE,
    WRITE_ARGUMENT,
    ITERABLE_ANY_KIND,
    ITERABLE_EMPTY,
    TRANSMIT_UNBUFFERED,
    TRANSMIT_BEFORE_NEXT,
    BODY_BINARY,
    BODY_LINE_ENDINGS,
    CLOSE,
    CLOSE_ON_ERROR,
    CLOSE_ON_DISCONNECT,
    CLOSE_ON_RETURNED_OBJECT,
    CLOSE_WHEN_CUT_SHORT,
    CLOSE_AT_END,
    CLOSE_ONCE,
    HEADERS_BEFORE_BODY,
    BODY_WITHOUT_START_RESPONSE,
    END_WITHOUT_START_RESPONSE,
    START_RESPONSE_LATE,
    ITERABLE_ATTRIBUTES,
    ITERATION_GETITEM,
    CGI_VARIABLES_PRESENT,
    REQUEST_METHOD,
    REQUEST_METHOD_VALUE,
    SCRIPT_NAME,
    PATH_INFO,
    QUERY_STRING,
    CONTENT_TYPE,
    CONTENT_LENGTH,
    SERVER_NAME_PORT_DEFAULT,
    SERVER_NAME,
    SERVER_PORT,
    SERVER_PROTOCOL,
    SERVER_PROTOCOL_VALUE,
    HTTP_VARIABLES,
    HTTP_VARIABLES_ABSENT,
    HTTP_VARIABLE_NAMES,
    CGI_VARIABLES_OTHER,
    SSL_VARIABLES,
    VARIABLES_DOCUMENTED,
    VARIABLES_LEFT_OUT,
    CGI_VARIABLES_STR,
    WSGI_VARIABLES,
    WSGI_VERSION,
    WSGI_URL_SCHEME,
    WSGI_URL_SCHEME_VALUE,
    WSGI_INPUT,
    WSGI_ERRORS,
    ERRORS_RECORDED,
    ERRORS_TEXT,
    ERRORS_UNICODE,
    ERRORS_DOCUMENTED,
    MULTITHREAD_TRUE,
    MULTITHREAD_FALSE,
    MULTIPROCESS_TRUE,
    MULTIPROCESS_FALSE,
    RUN_ONCE,
    EXTENSION_NAMES,
    EXTENSION_PREFIX,
    INPUT_READ,
    INPUT_READLINE,
    INPUT_READLINES,
    INPUT_ITER,
    ERRORS_FLUSH,
    ERRORS_WRITE,
    ERRORS_WRITELINES,
    INPUT_READ_SIZE,
    INPUT_READ_WHOLE,
    INPUT_LINES,
    INPUT_ONE_POSITION,
    INPUT_SPECIAL_SIZES,
    ERRORS_NO_SEPARATORS,
    INPUT_EOF,
    INPUT_READ_ALL,
    INPUT_EXHAUSTED,
    INPUT_READLINE_SIZE,
    EXC_INFO_NONE,
    STATUS_UNCHANGED,
    MISSING_HEADER_ADDED,
    DATE_AND_SERVER,
    HEADER_NOT_DUPLICATED,
    HEADER_NAMES_CASE,
    HOP_BY_HOP_FATAL,
    HOP_BY_HOP_RAISES,
    HEADER_ERRORS,
    START_RESPONSE_SENDS_NOTHING,
    HEADERS_WAIT,
    HEADERS_AT_WRITE,
    HEADERS_NOT_EARLY,
    EXC_INFO_REPLACES,
    EXC_INFO_RAISES,
    EXC_INFO_RERAISED,
    SECOND_CALL_FATAL,
    SECOND_CALL_AFTER_ERROR,
    START_RESPONSE_PER_INVOCATION,
    EXC_INFO_RELEASED,
    EXCESS_NOT_SENT,
    EXCESS_STOPS,
    EXCESS_WRITE_RAISES,
    SHORTFALL_CLOSES,
    SHORTFALL_REPORTED,
    LENGTH_INFERRED,
    CHUNKED_BOTH_1_1,
    CHUNKED_COMPLIES,
    EMPTY_BLOCK_NOT_LAST_CHUNK,
    BLOCK_NOT_DELAYED,
    BLOCK_TRANSMISSION,
    EMPTY_BLOCK_HARMLESS,
    WRITE_AS_YIELDED,
    WRITE_IMMEDIATE,
    WRITE_AND_ITERABLE,
    WRITE_FIRST,
    NO_TRANSCODING,
    NON_LATIN_1_FATAL,
    STRINGS_LATIN_1,
    INPUT_BYTES,
    BODY_BYTES_ONLY,
    BYTES_NOT_ITERABLE,
    EXC_INFO_RETURNS,
    ERROR_TRAPPED,
    ERROR_TRAPPED_ITERATION,
    ERROR_LOGGED,
    ERROR_LOGGED_ITERATION,
    ERROR_MESSAGE_TEXT_ONLY,
    EXPECT_CONTINUE,
    EXPECT_READ_BLOCKS,
    EXPECT_SILENT,
    PLAY_DUMB,
    SEMANTICS_UNCHANGED,
    CONSERVATIVE,
    GATEWAY_ROLE,
    HOP_BY_HOP_INBOUND,
    TRANSFER_ENCODING_DECODED,
    SINGLE_THREADED,
    EXTENSION_MIDDLEWARE,
    EXTENSION_INVOCATION,
    EXTENSION_ENVIRON,
    EXTENSION_HEADERS_REFUSED,
    EXTENSION_START_RESPONSE,
    EXTENSION_WRITING_REFUSED,
    CONFIGURATION_DOCUMENTED,
    DEPLOYER_VARIABLES,
    URL_HTTP_HOST,
    URL_SERVER_PORT,
    URL_PATH_DECODED,
    URL_QUERY_ENCODED,
    FOR_LOOP_BEFORE_2_2,
    FILE_WRAPPER_ARGUMENTS,
    FILE_WRAPPER_ITERABLE,
    FILE_WRAPPER_NOT_EARLY,
    FILE_WRAPPER_READ_ONLY,
    FILE_WRAPPER_CLOSE,
    FILE_WRAPPER_AFTER_RETURN,
    FILE_WRAPPER_DISCARDED,
    FILE_WRAPPER_SEMANTICS,
    FILE_WRAPPER_POSITION,
    FILE_WRAPPER_TO_END,
    FILE_WRAPPER_CONTENT_LENGTH,
    FILE_WRAPPER_INTROSPECTS,
    FILE_WRAPPER_FALLBACK,
    SERVICES_IN_ENVIRON,
)
"""Every requirement of this text, in its order."""
