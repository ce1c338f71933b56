"""What RFC 9110 (HTTP semantics) asks of an origin server whatever its application does.

Only capitalised BCP 14 words give a level (``KEYWORD``); grammar, definitions and statements of fact are
``INFERRED``. The duties of clients, caches and proxies and those of an application are left out.
"""

from __future__ import annotations

from wsgicheck.model.law import Basis, Level, Requirement, Source


def _law(
    section: str,
    id: str,
    level: Level,
    basis: Basis,
    quote: str,
    *,
    inference: str | None = None,
    untested: str | None = None,
) -> Requirement:
    return Requirement(
        id, level, basis, Source.RFC_9110, section, f"section-{section}", quote, inference, untested
    )


# 4.2.1. http URI Scheme

EMPTY_HOST = _law(
    "4.2.1",
    "empty-host",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient that processes such a URI reference MUST reject it as invalid.",
)


# 4.2.4. Deprecation of userinfo in http(s) URIs

USERINFO = _law(
    "4.2.4",
    "userinfo",
    Level.SHOULD,
    Basis.KEYWORD,
    'Before making use of an "http" or "https" URI reference received from an untrusted source, a recipient '
    "SHOULD parse for userinfo and treat its presence as an error",
)


# 5.2. Field Lines and Combined Field Value

FIELD_LINES_COMBINED = _law(
    "5.2",
    "field-lines-combined",
    Level.MUST,
    Basis.INFERRED,
    "When a field name is repeated within a section, its combined field value consists of the list of "
    "corresponding field line values within that section, concatenated in order, with each field line value"
    " separated by a comma.",
    inference="The definition of the value that a field has.",
)


# 5.3. Field Order

FIELD_LINES_ORDER = _law(
    "5.3",
    "field-lines-order",
    Level.MUST,
    Basis.INFERRED,
    "The order in which field lines with the same name are received is therefore significant to the "
    "interpretation of the field value",
    inference="What is significant to the value has to be kept.",
)
FIELD_NOT_DUPLICATED = _law(
    "5.3",
    "field-not-duplicated",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "a sender MUST NOT generate multiple field lines with the same name in a message (whether in the "
    "headers or trailers) or append a field line when a field line of the same name already exists in the "
    "message, unless that field's definition allows multiple field line values to be recombined as a "
    "comma-separated list",
)
SET_COOKIE_SEPARATE = _law(
    "5.3",
    "set-cookie-separate",
    Level.MUST,
    Basis.INFERRED,
    'Since it cannot be combined into a single field value, recipients ought to handle "Set-Cookie" as a '
    "special case while processing fields.",
    inference=(
        "Combined, the cookies could not be told apart, so a sender has to leave the lines of the "
        "application apart."
    ),
)
HEADER_SECTION_COMPLETE = _law(
    "5.3",
    "header-section-complete",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A server MUST NOT apply a request to the target resource until it receives the entire request header "
    "section",
)


# 5.4. Field Limits

FIELD_LIMITS = _law(
    "5.4",
    "field-limits",
    Level.MUST,
    Basis.KEYWORD,
    "A server that receives a request header field line, field value, or set of fields larger than it wishes"
    " to process MUST respond with an appropriate 4xx (Client Error) status code.",
)


# 5.5. Field Values

FIELD_VALUE_WHITESPACE = _law(
    "5.5",
    "field-value-whitespace",
    Level.MUST,
    Basis.KEYWORD,
    "a field parsing implementation MUST exclude such whitespace prior to evaluating the field value.",
)
FIELD_VALUE_OBS_TEXT = _law(
    "5.5",
    "field-value-obs-text",
    Level.SHOULD,
    Basis.KEYWORD,
    "A recipient SHOULD treat other allowed octets in field content (i.e., obs-text) as opaque data.",
)
FIELD_VALUE_CR_LF_NUL = _law(
    "5.5",
    "field-value-cr-lf-nul",
    Level.MUST,
    Basis.KEYWORD,
    "a recipient of CR, LF, or NUL within a field value MUST either reject the message or replace each of "
    "those characters with SP before further processing or forwarding of that message.",
)


# 5.6.1.2. Recipient Requirements

EMPTY_LIST_ELEMENTS_NOT_SENT = _law(
    "5.6.1.1",
    "empty-list-elements-not-sent",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "In any production that uses the list construct, a sender MUST NOT generate empty list elements.",
)
EMPTY_LIST_ELEMENTS = _law(
    "5.6.1.2",
    "empty-list-elements",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient MUST parse and ignore a reasonable number of empty list elements: enough to handle common "
    "mistakes by senders that merge values",
)


# 5.6.3. Whitespace

BAD_WHITESPACE = _law(
    "5.6.3",
    "bad-whitespace",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient MUST parse for such bad whitespace and remove it before interpreting the protocol element.",
)


# 5.6.7. Date/Time Formats

DATE_FORMAT = _law(
    "5.6.7",
    "date-format",
    Level.MUST,
    Basis.KEYWORD,
    "When a sender generates a field that contains one or more timestamps defined as HTTP-date, the sender "
    "MUST generate those timestamps in the IMF-fixdate format.",
)


# 6.2. Control Data

MAJOR_VERSION = _law(
    "6.2",
    "major-version",
    Level.MAY,
    Basis.INFERRED,
    "A server can send a 505 (HTTP Version Not Supported) response if it wishes, for any reason, to refuse "
    "service of the client's major protocol version.",
    inference="What is written in another major version of HTTP has another meaning.",
)
MINOR_VERSION = _law(
    "6.2",
    "minor-version",
    Level.SHOULD,
    Basis.KEYWORD,
    "minor version number higher than what it implements SHOULD process the message as if it were in the "
    "highest minor version within that major version to which the recipient is conformant.",
)


# 6.5.1. Limitations on Use of Trailers

TRAILER_FIELD_NOT_MERGED = _law(
    "6.5.1",
    "trailer-field-not-merged",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A recipient MUST NOT merge a trailer field into a header section unless the recipient understands the "
    "corresponding header field definition and that definition explicitly permits and defines how trailer "
    "field values can be safely merged.",
)


# 6.6.1. Date

DATE_CURRENT = _law(
    "6.6.1",
    "date-current",
    Level.SHOULD,
    Basis.KEYWORD,
    "A sender that generates a Date header field SHOULD generate its field value as the best available "
    "approximation of the date and time of message generation.",
)
DATE = _law(
    "6.6.1",
    "date-present",
    Level.MUST,
    Basis.KEYWORD,
    "MUST generate a Date header field in all 2xx (Successful), 3xx (Redirection), and 4xx (Client Error) "
    "responses",
)


# 7.2. Host and :authority

HOST_SYNTAX = _law(
    "7.2",
    "host-syntax",
    Level.MUST,
    Basis.INFERRED,
    'Host = uri-host [ ":" port ]',
    inference="The grammar of the value; another value is the invalid one that RFC 9112 has rejected.",
)


# 7.4. Rejecting Misdirected Requests

HTTPS_UNSECURED = _law(
    "7.4",
    "https-unsecured",
    Level.MUST,
    Basis.KEYWORD,
    'a request for an "https" resource MUST be rejected unless it has been received over a connection that '
    "has been secured via a certificate valid for that target URI's origin",
)


# 7.6.1. Connection

CONNECTION_LISTS_FIELDS = _law(
    "7.6.1",
    "connection-lists-fields",
    Level.MUST,
    Basis.KEYWORD,
    "When a field aside from Connection is used to supply control information for or about the current "
    "connection, the sender MUST list the corresponding field name within the Connection header field.",
)
CONNECTION_LISTS_NO_CONTENT_FIELD = _law(
    "7.6.1",
    "connection-lists-no-content-field",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A sender MUST NOT send a connection option corresponding to a field that is intended for all "
    "recipients of the content.",
)


# 8.6. Content-Length

CONTENT_LENGTH_CORRECT = _law(
    "8.6",
    "content-length-correct",
    Level.MUST,
    Basis.INFERRED,
    "When transferring a representation as content, Content-Length refers specifically to the amount of "
    "data enclosed so that it can be used to delimit framing",
    inference="The definition of the value; content of another length breaks the framing.",
)
CONTENT_LENGTH_SYNTAX = _law(
    "8.6",
    "content-length-syntax",
    Level.MUST,
    Basis.INFERRED,
    "Content-Length = 1*DIGIT",
    inference="The grammar of the value.",
)
HEAD_CONTENT_LENGTH = _law(
    "8.6",
    "head-content-length",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "a server MUST NOT send Content-Length in such a response unless its field value equals the decimal "
    "number of octets that would have been sent in the content of a response if the same request had used "
    "the GET method.",
)
NOT_MODIFIED_CONTENT_LENGTH = _law(
    "8.6",
    "not-modified-content-length",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "a server MUST NOT send Content-Length in such a response unless its field value equals the decimal "
    "number of octets that would have been sent in the content of a 200 (OK) response to the same request.",
)
NO_CONTENT_NO_LENGTH = _law(
    "8.6",
    "no-content-no-length",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A server MUST NOT send a Content-Length header field in any response with a status code of 1xx "
    "(Informational) or 204 (No Content).",
)
CONTENT_LENGTH_IF_KNOWN = _law(
    "8.6",
    "content-length-if-known",
    Level.SHOULD,
    Basis.KEYWORD,
    "in the absence of Transfer-Encoding, an origin server SHOULD send a Content-Length header field when "
    "the content size is known prior to sending the complete header section.",
)
CONTENT_LENGTH_OVERFLOW = _law(
    "8.6",
    "content-length-overflow",
    Level.MUST,
    Basis.KEYWORD,
    "a recipient MUST anticipate potentially large decimal numerals and prevent parsing errors due to "
    "integer conversion overflows or precision loss due to integer conversion",
)
CONTENT_LENGTH_INCORRECT = _law(
    "8.6",
    "content-length-incorrect",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "a sender MUST NOT forward a message with a Content-Length header field value that is known to be "
    "incorrect.",
)
CONTENT_LENGTH_SINGLE = _law(
    "8.6",
    "content-length-single",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "a sender MUST NOT forward a message with a Content-Length header field value that does not match the "
    "ABNF above",
)


# 9.1. Methods

METHOD_UNKNOWN = _law(
    "9.1",
    "method-unknown",
    Level.SHOULD,
    Basis.KEYWORD,
    "An origin server that receives a request method that is unrecognized or not implemented SHOULD respond "
    "with the 501 (Not Implemented) status code.",
)


# 9.3.2. HEAD

HEAD_NO_CONTENT = _law(
    "9.3.2",
    "head-no-content",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "The HEAD method is identical to GET except that the server MUST NOT send content in the response.",
)
HEAD_SAME_FIELDS = _law(
    "9.3.2",
    "head-same-fields",
    Level.SHOULD,
    Basis.KEYWORD,
    "The server SHOULD send the same header fields in response to a HEAD request as it would have sent if "
    "the request method had been GET.",
)


# 9.3.6. CONNECT

CONNECT_PORT = _law(
    "9.3.6",
    "connect-port",
    Level.MUST,
    Basis.KEYWORD,
    "A server MUST reject a CONNECT request that targets an empty or invalid port number",
)


# 9.3.7. OPTIONS

OPTIONS_ASTERISK = _law(
    "9.3.7",
    "options-asterisk",
    Level.MUST,
    Basis.INFERRED,
    'An OPTIONS request with an asterisk ("*") as the request target applies to the server in general rather'
    " than to a specific resource.",
    inference="A request for the server in general must not pass for one for a resource.",
)


# 10.1.1. Expect

EXPECT_CASE = _law(
    "10.1.1",
    "expect-case",
    Level.MUST,
    Basis.INFERRED,
    "The Expect field value is case-insensitive.",
    inference="Values that differ in case mean the same.",
)
EXPECT_HTTP_1_0 = _law(
    "10.1.1",
    "expect-http-1-0",
    Level.MUST,
    Basis.KEYWORD,
    "A server that receives a 100-continue expectation in an HTTP/1.0 request MUST ignore that expectation.",
)
EXPECT_FINAL_FOLLOWS = _law(
    "10.1.1",
    "expect-final-follows",
    Level.MUST,
    Basis.KEYWORD,
    "A server that sends a 100 (Continue) response MUST ultimately send a final status code, once it "
    "receives and processes the request content, unless the connection is closed prematurely.",
)
EXPECT_EARLY_FINAL = _law(
    "10.1.1",
    "expect-early-final",
    Level.SHOULD,
    Basis.KEYWORD,
    "A server that responds with a final status code before reading the entire request content SHOULD "
    "indicate whether it intends to close the connection",
)
EXPECT_ANSWERED = _law(
    "10.1.1",
    "expect-answered",
    Level.MUST,
    Basis.KEYWORD,
    "an origin server MUST send either: an immediate response with a final status code, if that status can "
    "be determined by examining just the method, target URI, and header fields, or an immediate 100 "
    "(Continue) response to encourage the client to send the request content.",
)
EXPECT_NOT_WAITING = _law(
    "10.1.1",
    "expect-not-waiting",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "The origin server MUST NOT wait for the content before sending the 100 (Continue) response.",
)


# 15. Status Codes

ONE_FINAL_RESPONSE = _law(
    "15",
    "one-final-response",
    Level.MUST,
    Basis.INFERRED,
    "followed by exactly one final response with a status code in one of the other ranges.",
    inference="Stated as what a request is answered with.",
)


# 15.2. Informational 1xx

INTERIM_HTTP_1_0 = _law(
    "15.2",
    "interim-http-1-0",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "Since HTTP/1.0 did not define any 1xx status codes, a server MUST NOT send a 1xx response to an "
    "HTTP/1.0 client.",
)


# 15.3.5. 204 No Content

NO_CONTENT = _law(
    "15.3.5",
    "no-content",
    Level.MUST_NOT,
    Basis.INFERRED,
    "A 204 response is terminated by the end of the header section; it cannot contain content or trailers.",
    inference="Stated as a fact; octets sent all the same are read as the next response.",
)


# 15.3.6. 205 Reset Content

RESET_CONTENT = _law(
    "15.3.6",
    "reset-content",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "Since the 205 status code implies that no additional content will be provided, a server MUST NOT "
    "generate content in a 205 response.",
)


# 15.4.5. 304 Not Modified

NOT_MODIFIED_NO_CONTENT = _law(
    "15.4.5",
    "not-modified-no-content",
    Level.MUST_NOT,
    Basis.INFERRED,
    "A 304 response is terminated by the end of the header section; it cannot contain content or trailers.",
    inference="Stated as a fact; octets sent all the same are read as the next response.",
)


NOT_MODIFIED_FIELDS = _law(
    "15.4.5",
    "not-modified-fields",
    Level.MUST,
    Basis.KEYWORD,
    "The server generating a 304 response MUST generate any of the following header fields that would have "
    "been sent in a 200 (OK) response to the same request",
)
NOT_MODIFIED_METADATA = _law(
    "15.4.5",
    "not-modified-metadata",
    Level.SHOULD_NOT,
    Basis.KEYWORD,
    "a sender SHOULD NOT generate representation metadata other than the above listed fields unless said "
    "metadata exists for the purpose of guiding cache updates",
)


# 15.5. Client Error 4xx

CLIENT_ERROR_EXPLAINED = _law(
    "15.5",
    "client-error-explained",
    Level.SHOULD,
    Basis.KEYWORD,
    "Except when responding to a HEAD request, the server SHOULD send a representation containing an "
    "explanation of the error situation, and whether it is a temporary or permanent condition.",
)


# 15.6. Server Error 5xx

SERVER_ERROR_EXPLAINED = _law(
    "15.6",
    "server-error-explained",
    Level.SHOULD,
    Basis.KEYWORD,
    "Except when responding to a HEAD request, the server SHOULD send a representation containing an "
    "explanation of the error situation, and whether it is a temporary or permanent condition.",
)


# 17.10. Application Handling of Field Names

FIELD_NAME_MAPPING = _law(
    "17.10",
    "field-name-mapping",
    Level.SHOULD,
    Basis.INFERRED,
    "implementations that perform such mappings are advised to make the mapping unambiguous and complete "
    "for the full range of potential octets received as a name",
    inference='"Advised" is read as a recommendation.',
)


ALL: tuple[Requirement, ...] = (
    EMPTY_HOST,
    USERINFO,
    FIELD_LINES_COMBINED,
    FIELD_LINES_ORDER,
    FIELD_NOT_DUPLICATED,
    SET_COOKIE_SEPARATE,
    HEADER_SECTION_COMPLETE,
    FIELD_LIMITS,
    FIELD_VALUE_WHITESPACE,
    FIELD_VALUE_OBS_TEXT,
    FIELD_VALUE_CR_LF_NUL,
    EMPTY_LIST_ELEMENTS_NOT_SENT,
    EMPTY_LIST_ELEMENTS,
    BAD_WHITESPACE,
    DATE_FORMAT,
    MAJOR_VERSION,
    MINOR_VERSION,
    TRAILER_FIELD_NOT_MERGED,
    DATE_CURRENT,
    DATE,
    HOST_SYNTAX,
    HTTPS_UNSECURED,
    CONNECTION_LISTS_FIELDS,
    CONNECTION_LISTS_NO_CONTENT_FIELD,
    CONTENT_LENGTH_CORRECT,
    CONTENT_LENGTH_SYNTAX,
    HEAD_CONTENT_LENGTH,
    NOT_MODIFIED_CONTENT_LENGTH,
    NO_CONTENT_NO_LENGTH,
    CONTENT_LENGTH_IF_KNOWN,
    CONTENT_LENGTH_OVERFLOW,
    CONTENT_LENGTH_INCORRECT,
    CONTENT_LENGTH_SINGLE,
    METHOD_UNKNOWN,
    HEAD_NO_CONTENT,
    HEAD_SAME_FIELDS,
    CONNECT_PORT,
    OPTIONS_ASTERISK,
    EXPECT_CASE,
    EXPECT_HTTP_1_0,
    EXPECT_FINAL_FOLLOWS,
    EXPECT_EARLY_FINAL,
    EXPECT_ANSWERED,
    EXPECT_NOT_WAITING,
    ONE_FINAL_RESPONSE,
    INTERIM_HTTP_1_0,
    NO_CONTENT,
    RESET_CONTENT,
    NOT_MODIFIED_NO_CONTENT,
    NOT_MODIFIED_FIELDS,
    NOT_MODIFIED_METADATA,
    CLIENT_ERROR_EXPLAINED,
    SERVER_ERROR_EXPLAINED,
    FIELD_NAME_MAPPING,
)
"""Every requirement of this text, in its order."""
