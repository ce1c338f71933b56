"""What RFC 9112 (HTTP/1.1) asks of an origin server that reads requests and writes responses.

Only capitalised BCP 14 words give a level (``KEYWORD``); grammar, definitions and statements of fact are
``INFERRED``.
"""

from __future__ import annotations

import functools

from wsgicheck.model.law import Basis, Level, Requirement, Source
from wsgicheck.spec.declaration import law

_law = functools.partial(law, Source.RFC_9112)


# 2.1. Message Format

MESSAGE_FORMAT = _law(
    "2.1",
    "message-format",
    Level.MUST,
    Basis.INFERRED,
    "HTTP-message = start-line CRLF *( field-line CRLF ) CRLF [ message-body ]",
    inference="The grammar of a message.",
)


# 2.2. Message Parsing

PARSED_AS_OCTETS = _law(
    "2.2",
    "parsed-as-octets",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient MUST parse an HTTP message as a sequence of octets in an encoding that is a superset of "
    "US-ASCII",
)
BARE_LF_RECEIVED = _law(
    "2.2",
    "bare-lf-received",
    Level.MAY,
    Basis.KEYWORD,
    "Although the line terminator for the start-line and fields is the sequence CRLF, a recipient MAY "
    "recognize a single LF as a line terminator and ignore any preceding CR.",
)
BARE_CR_NOT_SENT = _law(
    "2.2",
    "bare-cr-not-sent",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A sender MUST NOT generate a bare CR (a CR character not immediately followed by LF) within any "
    "protocol elements other than the content.",
)
BARE_CR_RECEIVED = _law(
    "2.2",
    "bare-cr-received",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient of such a bare CR MUST consider that element to be invalid or replace each bare CR with SP"
    " before processing the element or forwarding the message.",
)
EMPTY_LINE_IGNORED = _law(
    "2.2",
    "empty-line-ignored",
    Level.SHOULD,
    Basis.KEYWORD,
    "a server that is expecting to receive and parse a request-line SHOULD ignore at least one empty line "
    "(CRLF) received prior to the request-line.",
)
LEADING_WHITESPACE_NOT_SENT = _law(
    "2.2",
    "leading-whitespace-not-sent",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A sender MUST NOT send whitespace between the start-line and the first header field.",
)
LEADING_WHITESPACE_RECEIVED = _law(
    "2.2",
    "leading-whitespace-received",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient that receives whitespace between the start-line and the first header field MUST either "
    "reject the message as invalid or consume each whitespace-preceded line without further processing of "
    "it",
)
NOT_HTTP_REJECTED = _law(
    "2.2",
    "not-http-rejected",
    Level.SHOULD,
    Basis.KEYWORD,
    "receives a sequence of octets that does not match the HTTP-message grammar aside from the robustness "
    "exceptions listed above, the server SHOULD respond with a 400 (Bad Request) response and close the "
    "connection.",
)


# 2.3. HTTP Version

HTTP_VERSION_SYNTAX = _law(
    "2.3",
    "http-version-syntax",
    Level.MUST,
    Basis.INFERRED,
    'HTTP-version = HTTP-name "/" DIGIT "." DIGIT',
    inference="The grammar of the version.",
)
HTTP_VERSION_NOT_LOWERED = _law(
    "2.3",
    "http-version-not-lowered",
    Level.SHOULD_NOT,
    Basis.KEYWORD,
    "Such protocol downgrades SHOULD NOT be performed unless triggered by specific client attributes",
)


# 3. Request Line

REQUEST_LINE_WHITESPACE = _law(
    "3",
    "request-line-whitespace",
    Level.MAY,
    Basis.KEYWORD,
    "recipients MAY instead parse on whitespace-delimited word boundaries and, aside from the CRLF "
    "terminator, treat any form of whitespace as the SP separator while ignoring preceding or trailing "
    "whitespace",
)
METHOD_TOO_LONG = _law(
    "3",
    "method-too-long",
    Level.SHOULD,
    Basis.KEYWORD,
    "A server that receives a method longer than any that it implements SHOULD respond with a 501 (Not "
    "Implemented) status code.",
)
TARGET_TOO_LONG = _law(
    "3",
    "target-too-long",
    Level.MUST,
    Basis.KEYWORD,
    "A server that receives a request-target longer than any URI it wishes to parse MUST respond with a 414"
    " (URI Too Long) status code",
)
REQUEST_LINE_8000 = _law(
    "3",
    "request-line-8000",
    Level.SHOULD,
    Basis.KEYWORD,
    "It is RECOMMENDED that all HTTP senders and recipients support, at a minimum, request-line lengths of "
    "8000 octets.",
)


# 3.1. Method

METHOD_CASE = _law(
    "3.1",
    "method-case",
    Level.MUST,
    Basis.INFERRED,
    "The request method is case-sensitive.",
    inference="Methods that differ in case are different, so the case has to be kept.",
)
METHOD_TOKEN = _law(
    "3.1",
    "method-token",
    Level.MUST,
    Basis.INFERRED,
    "method = token",
    inference="The grammar of the method.",
)


# 3.2. Request Target

TARGET_WHITESPACE = _law(
    "3.2",
    "target-whitespace",
    Level.MUST,
    Basis.INFERRED,
    "No whitespace is allowed in the request-target.",
    inference="What is not allowed makes the request-line invalid.",
)
REQUEST_LINE_INVALID = _law(
    "3.2",
    "request-line-invalid",
    Level.SHOULD,
    Basis.KEYWORD,
    "Recipients of an invalid request-line SHOULD respond with either a 400 (Bad Request) error or a 301 "
    "(Moved Permanently) redirect with the request-target properly encoded.",
)
REQUEST_LINE_NOT_CORRECTED = _law(
    "3.2",
    "request-line-not-corrected",
    Level.SHOULD_NOT,
    Basis.KEYWORD,
    "A recipient SHOULD NOT attempt to autocorrect and then process the request without a redirect",
)
HOST_MISSING = _law(
    "3.2",
    "host-missing",
    Level.MUST,
    Basis.KEYWORD,
    "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks "
    "a Host header field",
)
HOST_REPEATED = _law(
    "3.2",
    "host-repeated",
    Level.MUST,
    Basis.KEYWORD,
    "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks "
    "a Host header field and to any request message that contains more than one Host header field line",
)
HOST_INVALID = _law(
    "3.2",
    "host-invalid",
    Level.MUST,
    Basis.KEYWORD,
    "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks "
    "a Host header field and to any request message that contains more than one Host header field line or a"
    " Host header field with an invalid field value.",
)


# 3.2.1. origin-form

ORIGIN_FORM = _law(
    "3.2.1",
    "origin-form",
    Level.MUST,
    Basis.INFERRED,
    'origin-form = absolute-path [ "?" query ]',
    inference="The grammar of the most common form, by which path and query are found.",
)


# 3.2.2. absolute-form

ABSOLUTE_FORM_HOST = _law(
    "3.2.2",
    "absolute-form-host",
    Level.MUST,
    Basis.KEYWORD,
    "the origin server MUST ignore the received Host header field (if any) and instead use the host "
    "information of the request-target.",
)
ABSOLUTE_FORM_ACCEPTED = _law(
    "3.2.2",
    "absolute-form-accepted",
    Level.MUST,
    Basis.KEYWORD,
    "A server MUST accept the absolute-form in requests even though most HTTP/1.1 clients will only send "
    "the absolute-form to a proxy.",
)


# 3.2.3. authority-form

AUTHORITY_FORM = _law(
    "3.2.3",
    "authority-form",
    Level.MUST,
    Basis.INFERRED,
    "The authority-form of request-target is only used for CONNECT requests",
    inference="With another method the request-line is invalid.",
)


# 3.2.4. asterisk-form

ASTERISK_FORM = _law(
    "3.2.4",
    "asterisk-form",
    Level.MUST,
    Basis.INFERRED,
    "The asterisk-form of request-target is only used for a server-wide OPTIONS request",
    inference="With another method the request-line is invalid.",
)


# 3.3. Reconstructing the Target URI

AUTHORITY_EMPTY = _law(
    "3.3",
    "authority-empty",
    Level.MUST,
    Basis.INFERRED,
    "the server can reject the request or determine whether a configured default applies that is "
    "consistent with the incoming connection's context.",
    inference="There is no third way: neither a crash nor an empty name.",
)


# 4. Status Line

STATUS_LINE = _law(
    "4",
    "status-line",
    Level.MUST,
    Basis.INFERRED,
    "status-line = HTTP-version SP status-code SP [ reason-phrase ]",
    inference="The grammar of the line.",
)
STATUS_CODE = _law(
    "4",
    "status-code-digits",
    Level.MUST,
    Basis.INFERRED,
    "status-code = 3DIGIT",
    inference="The grammar of the code.",
)
REASON_PHRASE = _law(
    "4",
    "reason-phrase",
    Level.MUST,
    Basis.INFERRED,
    "reason-phrase = 1*( HTAB / SP / VCHAR / obs-text )",
    inference="The grammar of the phrase.",
)
STATUS_LINE_SPACE = _law(
    "4",
    "status-line-space",
    Level.MUST,
    Basis.KEYWORD,
    "A server MUST send the space that separates the status-code from the reason-phrase even when the "
    "reason-phrase is absent (i.e., the status-line would end with the space).",
)


# 5. Field Syntax

FIELD_NAME_CASE = _law(
    "5",
    "field-name-case",
    Level.MUST,
    Basis.INFERRED,
    'Each field line consists of a case-insensitive field name followed by a colon (":"), optional leading '
    "whitespace, the field line value, and optional trailing whitespace.",
    inference="Names that differ in case mean the same field.",
)
FIELD_LINE = _law(
    "5",
    "field-line",
    Level.MUST,
    Basis.INFERRED,
    'field-line = field-name ":" OWS field-value OWS',
    inference="The grammar of a header line.",
)


# 5.1. Field Line Parsing

WHITESPACE_BEFORE_COLON = _law(
    "5.1",
    "whitespace-before-colon",
    Level.MUST,
    Basis.KEYWORD,
    "A server MUST reject, with a response status code of 400 (Bad Request), any received request message "
    "that contains whitespace between a header field name and colon.",
)
FIELD_WHITESPACE = _law(
    "5.1",
    "field-whitespace",
    Level.MUST,
    Basis.INFERRED,
    "The field line value does not include that leading or trailing whitespace",
    inference="The definition of the value.",
)


# 5.2. Obsolete Line Folding

FOLDING_NOT_SENT = _law(
    "5.2",
    "folding-not-sent",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A sender MUST NOT generate a message that includes line folding (i.e., that has any field line value "
    "that contains a match to the obs-fold rule) unless the message is intended for packaging within the "
    '"message/http" media type.',
)
FOLDING_RECEIVED = _law(
    "5.2",
    "folding-received",
    Level.MUST,
    Basis.KEYWORD,
    "MUST either reject the message by sending a 400 (Bad Request), preferably with a representation "
    "explaining that obsolete line folding is unacceptable, or replace each received obs-fold with one or "
    "more SP octets prior to interpreting the field value or forwarding the message downstream.",
)


# 6. Message Body

BODY_SIGNALED = _law(
    "6",
    "body-signaled",
    Level.MUST,
    Basis.INFERRED,
    "The presence of a message body in a request is signaled by a Content-Length or Transfer-Encoding "
    "header field. Request message framing is independent of method semantics.",
    inference="Stated as a fact that both sides have to share.",
)


# 6.1. Transfer-Encoding

CHUNKED_UNDERSTOOD = _law(
    "6.1",
    "chunked-understood",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient MUST be able to parse the chunked transfer coding",
)
CHUNKED_ONCE = _law(
    "6.1",
    "chunked-once",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A sender MUST NOT apply the chunked transfer coding more than once to a message body (i.e., chunking "
    "an already chunked message is not allowed).",
)
CODING_WITHOUT_CHUNKED = _law(
    "6.1",
    "coding-without-chunked",
    Level.MUST,
    Basis.KEYWORD,
    "If any transfer coding other than chunked is applied to a response's content, the sender MUST either "
    "apply chunked as the final transfer coding or terminate the message by closing the connection.",
)
NO_CONTENT_NO_CODING = _law(
    "6.1",
    "no-content-no-coding",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A server MUST NOT send a Transfer-Encoding header field in any response with a status code of 1xx "
    "(Informational) or 204 (No Content).",
)
CODING_UNKNOWN = _law(
    "6.1",
    "coding-unknown",
    Level.SHOULD,
    Basis.KEYWORD,
    "A server that receives a request message with a transfer coding it does not understand SHOULD respond "
    "with 501 (Not Implemented).",
)
CHUNKED_ONLY_TO_HTTP_1_1 = _law(
    "6.1",
    "chunked-only-to-http-1-1",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A server MUST NOT send a response containing Transfer-Encoding unless the corresponding request "
    "indicates HTTP/1.1 (or later minor revisions).",
)
LENGTH_AND_CODING = _law(
    "6.1",
    "length-and-coding-received",
    Level.MUST,
    Basis.KEYWORD,
    "Regardless, the server MUST close the connection after responding to such a request to avoid the "
    "potential attacks.",
)
CODING_FROM_HTTP_1_0 = _law(
    "6.1",
    "coding-from-http-1-0",
    Level.MUST,
    Basis.KEYWORD,
    "A server or client that receives an HTTP/1.0 message containing a Transfer-Encoding header field MUST "
    "treat the message as if the framing is faulty, even if a Content-Length is present, and close the "
    "connection after processing the message.",
)
CONNECT_NO_CODING = _law(
    "6.1",
    "connect-no-coding",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A server MUST NOT send a Transfer-Encoding header field in any 2xx (Successful) response to a "
    "CONNECT request",
)


# 6.2. Content-Length

LENGTH_AND_CODING_NOT_SENT = _law(
    "6.2",
    "length-and-coding-not-sent",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A sender MUST NOT send a Content-Length header field in any message that contains a Transfer-Encoding "
    "header field.",
)


# 6.3. Message Body Length

NO_BODY = _law(
    "6.3",
    "no-body",
    Level.MUST_NOT,
    Basis.INFERRED,
    "is always terminated by the first empty line after the header fields, regardless of the header fields "
    "present in the message, and thus cannot contain a message body or trailer section.",
    inference="Stated as a fact; octets sent all the same are read as the next response.",
)
CODING_OVERRIDES_LENGTH = _law(
    "6.3",
    "coding-overrides-length",
    Level.MUST,
    Basis.INFERRED,
    "If a message is received with both a Transfer-Encoding and a Content-Length header field, the "
    "Transfer-Encoding overrides the Content-Length.",
    inference="A request that is processed at all has to be framed in this way.",
)
CHUNKED_LENGTH = _law(
    "6.3",
    "chunked-length",
    Level.MUST,
    Basis.INFERRED,
    "the message body length is determined by reading and decoding the chunked data until the transfer "
    "coding indicates the data is complete.",
    inference="The rule by which the end of a request is found.",
)
CHUNKED_NOT_FINAL = _law(
    "6.3",
    "chunked-not-final",
    Level.MUST,
    Basis.KEYWORD,
    "If a Transfer-Encoding header field is present in a request and the chunked transfer coding is not the"
    " final encoding, the message body length cannot be determined reliably; the server MUST respond with "
    "the 400 (Bad Request) status code and then close the connection.",
)
LENGTH_INVALID = _law(
    "6.3",
    "length-invalid",
    Level.MUST,
    Basis.KEYWORD,
    "If a message is received without Transfer-Encoding and with an invalid Content-Length header field, "
    "then the message framing is invalid and the recipient MUST treat it as an unrecoverable error",
)
LENGTH_INVALID_400 = _law(
    "6.3",
    "length-invalid-400",
    Level.MUST,
    Basis.KEYWORD,
    "If the unrecoverable error is in a request message, the server MUST respond with a 400 (Bad Request) "
    "status code and then close the connection.",
)
REQUEST_LENGTH = _law(
    "6.3",
    "request-length",
    Level.MUST,
    Basis.INFERRED,
    "If a valid Content-Length header field is present without Transfer-Encoding, its decimal value defines"
    " the expected message body length in octets.",
    inference="The rule by which the end of a request is found.",
)
BODY_INCOMPLETE = _law(
    "6.3",
    "body-incomplete",
    Level.MUST,
    Basis.KEYWORD,
    "If the sender closes the connection or the recipient times out before the indicated number of octets "
    "are received, the recipient MUST consider the message to be incomplete and close the connection.",
)
REQUEST_WITHOUT_BODY = _law(
    "6.3",
    "request-without-body",
    Level.MUST,
    Basis.INFERRED,
    "If this is a request message and none of the above are true, then the message body length is zero (no "
    "message body is present).",
    inference="The rule by which the end of a request is found.",
)
CLOSE_DELIMITED = _law(
    "6.3",
    "close-delimited",
    Level.MUST,
    Basis.INFERRED,
    "this is a response message without a declared message body length, so the message body length is "
    "determined by the number of octets received prior to the server closing the connection.",
    inference="A response that says no length ends only when the server closes, so it has to close.",
)
DELIMITED = _law(
    "6.3",
    "delimited",
    Level.SHOULD,
    Basis.KEYWORD,
    "a server SHOULD generate encoding or length-delimited messages whenever possible.",
)


# 7. Transfer Codings

CODING_NAME_CASE = _law(
    "7",
    "coding-name-case",
    Level.MUST,
    Basis.INFERRED,
    "All transfer-coding names are case-insensitive",
    inference="Names that differ in case mean the same coding.",
)


# 7.1. Chunked Transfer Coding

CHUNKED_FORMAT = _law(
    "7.1",
    "chunked-format",
    Level.MUST,
    Basis.INFERRED,
    "chunked-body = *chunk last-chunk trailer-section CRLF",
    inference="The grammar of a chunked body, which has no other end.",
)
LAST_CHUNK = _law(
    "7.1",
    "last-chunk",
    Level.MUST,
    Basis.INFERRED,
    "The chunked transfer coding is complete when a chunk with a chunk-size of zero is received, possibly "
    "followed by a trailer section, and finally terminated by an empty line.",
    inference="A complete response has to end in this way, and an incomplete one must not.",
)
CHUNK_MALFORMED = _law(
    "7.1",
    "chunk-malformed",
    Level.MUST,
    Basis.INFERRED,
    "chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF",
    inference="The grammar of a chunk; where a request departs from it, its end cannot be found.",
)
CHUNKED_DECODED = _law(
    "7.1",
    "chunked-decoded",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient MUST be able to parse and decode the chunked transfer coding.",
)
CHUNK_SIZE_OVERFLOW = _law(
    "7.1",
    "chunk-size-overflow",
    Level.MUST,
    Basis.KEYWORD,
    "recipients MUST anticipate potentially large hexadecimal numerals and prevent parsing errors due to "
    "integer conversion overflows or precision loss due to integer representation.",
)
CHUNKED_PARAMETERS = _law(
    "7.1",
    "chunked-parameters",
    Level.SHOULD,
    Basis.KEYWORD,
    "The chunked coding does not define any parameters. Their presence SHOULD be treated as an error.",
)


# 7.1.1. Chunk Extensions

CHUNK_EXTENSIONS = _law(
    "7.1.1",
    "chunk-extensions",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient MUST ignore unrecognized chunk extensions.",
)
CHUNK_EXTENSIONS_LIMITED = _law(
    "7.1.1",
    "chunk-extensions-limited",
    Level.MAY,
    Basis.INFERRED,
    "A server ought to limit the total length of chunk extensions received in a request to an amount "
    "reasonable for the services provided",
    inference='"Ought to" without a number is taken for advice.',
)


# 7.1.2. Chunked Trailer Section

TRAILERS_CONSUMED = _law(
    "7.1.2",
    "trailers-consumed",
    Level.MUST,
    Basis.INFERRED,
    "trailer-section = *( field-line CRLF )",
    inference="The grammar of what follows the last chunk and belongs to the request still.",
)
TRAILERS_SEPARATE = _law(
    "7.1.2",
    "trailers-separate",
    Level.MUST,
    Basis.KEYWORD,
    "A recipient that retains a received trailer field MUST either store/forward the trailer field "
    "separately from the received header fields or merge the received trailer field into the header "
    "section.",
)
TRAILERS_NOT_MERGED = _law(
    "7.1.2",
    "trailers-not-merged",
    Level.MUST_NOT,
    Basis.KEYWORD,
    "A recipient MUST NOT merge a received trailer field into the header section unless its corresponding "
    "header field definition explicitly permits and instructs how the trailer field value can be safely "
    "merged.",
)


# 7.2. Transfer Codings for Compression

COMPRESSION_PARAMETERS = _law(
    "7.2",
    "compression-parameters",
    Level.SHOULD,
    Basis.KEYWORD,
    "The compression codings do not define any parameters. The presence of parameters with any of these "
    "compression codings SHOULD be treated as an error.",
)


# 8. Handling Incomplete Messages

ABORTED_INCOMPLETE = _law(
    "8",
    "aborted-incomplete",
    Level.MUST,
    Basis.INFERRED,
    "A message body that uses the chunked transfer coding is incomplete if the zero-sized chunk that "
    "terminates the encoding has not been received.",
    inference=(
        "The sign of an incomplete response is that this chunk is missing, so an aborted one must not have "
        "it."
    ),
)
ABORTED_SHORT = _law(
    "8",
    "aborted-short",
    Level.MUST,
    Basis.INFERRED,
    "A message that uses a valid Content-Length is incomplete if the size of the message body received (in "
    "octets) is less than the value given by Content-Length.",
    inference=(
        "The sign is the end of the connection before that size is reached, so a server that has no more to "
        "send must end it."
    ),
)


# 9. Connection Management

ORDERED_TRANSPORT = _law(
    "9",
    "ordered-transport",
    Level.MUST,
    Basis.INFERRED,
    "HTTP only presumes a reliable transport with in-order delivery of requests and the corresponding "
    "in-order delivery of responses.",
    inference=(
        "Nothing else is presumed, so no message may depend on the segments in which its octets happen to "
        "arrive, and none of a response's octets may be lost because the client takes them slowly."
    ),
)


# 9.3. Persistence

PERSISTENT = _law(
    "9.3",
    "persistent",
    Level.SHOULD,
    Basis.KEYWORD,
    "HTTP implementations SHOULD support persistent connections.",
)
CLOSE_NOT_PERSISTENT = _law(
    "9.3",
    "close-not-persistent",
    Level.MUST,
    Basis.INFERRED,
    'If the "close" connection option is present, the connection will not persist after the current response',
    inference="The rule by which both sides determine persistence.",
)
HTTP_1_1_PERSISTS = _law(
    "9.3",
    "http-1-1-persists",
    Level.SHOULD,
    Basis.INFERRED,
    "If the received protocol is HTTP/1.1 (or later), the connection will persist after the current response",
    inference=(
        "The rule by which both sides determine persistence; a server may still announce that it closes."
    ),
)
HTTP_1_0_CLOSES = _law(
    "9.3",
    "http-1-0-closes",
    Level.MUST,
    Basis.INFERRED,
    "The connection will close after the current response.",
    inference="What is left of the rule: HTTP/1.0 without keep-alive.",
)
NOT_PERSISTENT_ANNOUNCED = _law(
    "9.3",
    "not-persistent-announced",
    Level.MUST,
    Basis.KEYWORD,
    'A server that does not support persistent connections MUST send the "close" connection option in every'
    " response message that does not have a 1xx (Informational) status code.",
)
BODY_READ_OR_CLOSED = _law(
    "9.3",
    "body-read-or-closed",
    Level.MUST,
    Basis.KEYWORD,
    "A server MUST read the entire request message body or close the connection after sending its response",
)


# 9.3.2. Pipelining

PIPELINED_ORDER = _law(
    "9.3.2",
    "pipelined-order",
    Level.MUST,
    Basis.KEYWORD,
    "it MUST send the corresponding responses in the same order that the requests were received.",
)
PIPELINED_UNSAFE = _law(
    "9.3.2",
    "pipelined-unsafe",
    Level.MUST,
    Basis.INFERRED,
    "process a sequence of pipelined requests in parallel if they all have safe methods",
    inference="The permission ends where a method is not safe.",
)


# 9.5. Failures and Timeouts

CLOSURE_MONITORED = _law(
    "9.5",
    "closure-monitored",
    Level.SHOULD,
    Basis.KEYWORD,
    "Implementations SHOULD constantly monitor open connections for a received closure signal and respond "
    "to it as appropriate, since prompt closure of both sides of a connection enables allocated system "
    "resources to be reclaimed.",
)


# 9.6. Tear-down

CLOSE_ANNOUNCED = _law(
    "9.6",
    "close-announced",
    Level.SHOULD,
    Basis.KEYWORD,
    'A sender SHOULD send a Connection header field containing the "close" connection option when it '
    "intends to close a connection.",
)
CLOSE_RECEIVED = _law(
    "9.6",
    "close-received",
    Level.MUST,
    Basis.KEYWORD,
    'A server that receives a "close" connection option MUST initiate closure of the connection (see below)'
    ' after it sends the final response to the request that contained the "close" connection option.',
)
CLOSE_ANSWERED = _law(
    "9.6",
    "close-answered",
    Level.SHOULD,
    Basis.KEYWORD,
    'The server SHOULD send a "close" connection option in its final response on that connection.',
)
CLOSE_RECEIVED_IS_LAST = _law(
    "9.6",
    "close-received-is-last",
    Level.MUST_NOT,
    Basis.KEYWORD,
    'The server SHOULD send a "close" connection option in its final response on that connection. The '
    "server MUST NOT process any further requests received on that connection.",
)
CLOSE_SENT = _law(
    "9.6",
    "close-sent",
    Level.MUST,
    Basis.KEYWORD,
    'A server that sends a "close" connection option MUST initiate closure of the connection (see below) '
    'after it sends the response containing the "close" connection option.',
)
CLOSE_SENT_IS_LAST = _law(
    "9.6",
    "close-sent-is-last",
    Level.MUST_NOT,
    Basis.KEYWORD,
    'after it sends the response containing the "close" connection option. The server MUST NOT process any '
    "further requests received on that connection.",
)
STAGED_CLOSE = _law(
    "9.6",
    "staged-close",
    Level.SHOULD,
    Basis.INFERRED,
    "To avoid the TCP reset problem, servers typically close a connection in stages.",
    inference='"Typically" is what servers do so that the last response can be read.',
)
HALF_CLOSE = _law(
    "9.6",
    "half-close",
    Level.SHOULD,
    Basis.INFERRED,
    "a TCP connection that is half-closed by the client does not delimit a request message, nor does it "
    "imply that the client is no longer interested in a response.",
    inference="What does not imply a lost interest is no reason to drop the response.",
)


# 9.8. TLS Connection Closure

INCOMPLETE_CLOSE = _law(
    "9.8",
    "incomplete-close",
    Level.SHOULD,
    Basis.KEYWORD,
    "Servers SHOULD be prepared to receive an incomplete close from the client, since the client can often "
    "locate the end of server data.",
)
CLOSURE_ALERT = _law(
    "9.8",
    "closure-alert",
    Level.MUST,
    Basis.KEYWORD,
    "Servers MUST attempt to initiate an exchange of closure alerts with the client before closing the "
    "connection.",
)
CLOSURE_ALERT_UNANSWERED = _law(
    "9.8",
    "closure-alert-unanswered",
    Level.MAY,
    Basis.KEYWORD,
    "Servers MAY close the connection after sending the closure alert, thus generating an incomplete close "
    "on the client side.",
    untested="A permission: whether a server waits for the client's alert is its own affair.",
)


ALL: tuple[Requirement, ...] = (
    MESSAGE_FORMAT,
    PARSED_AS_OCTETS,
    BARE_LF_RECEIVED,
    BARE_CR_NOT_SENT,
    BARE_CR_RECEIVED,
    EMPTY_LINE_IGNORED,
    LEADING_WHITESPACE_NOT_SENT,
    LEADING_WHITESPACE_RECEIVED,
    NOT_HTTP_REJECTED,
    HTTP_VERSION_SYNTAX,
    HTTP_VERSION_NOT_LOWERED,
    REQUEST_LINE_WHITESPACE,
    METHOD_TOO_LONG,
    TARGET_TOO_LONG,
    REQUEST_LINE_8000,
    METHOD_CASE,
    METHOD_TOKEN,
    TARGET_WHITESPACE,
    REQUEST_LINE_INVALID,
    REQUEST_LINE_NOT_CORRECTED,
    HOST_MISSING,
    HOST_REPEATED,
    HOST_INVALID,
    ORIGIN_FORM,
    ABSOLUTE_FORM_HOST,
    ABSOLUTE_FORM_ACCEPTED,
    AUTHORITY_FORM,
    ASTERISK_FORM,
    AUTHORITY_EMPTY,
    STATUS_LINE,
    STATUS_CODE,
    REASON_PHRASE,
    STATUS_LINE_SPACE,
    FIELD_NAME_CASE,
    FIELD_LINE,
    WHITESPACE_BEFORE_COLON,
    FIELD_WHITESPACE,
    FOLDING_NOT_SENT,
    FOLDING_RECEIVED,
    BODY_SIGNALED,
    CHUNKED_UNDERSTOOD,
    CHUNKED_ONCE,
    CODING_WITHOUT_CHUNKED,
    NO_CONTENT_NO_CODING,
    CODING_UNKNOWN,
    CHUNKED_ONLY_TO_HTTP_1_1,
    LENGTH_AND_CODING,
    CODING_FROM_HTTP_1_0,
    CONNECT_NO_CODING,
    LENGTH_AND_CODING_NOT_SENT,
    NO_BODY,
    CODING_OVERRIDES_LENGTH,
    CHUNKED_LENGTH,
    CHUNKED_NOT_FINAL,
    LENGTH_INVALID,
    LENGTH_INVALID_400,
    REQUEST_LENGTH,
    BODY_INCOMPLETE,
    REQUEST_WITHOUT_BODY,
    CLOSE_DELIMITED,
    DELIMITED,
    CODING_NAME_CASE,
    CHUNKED_FORMAT,
    LAST_CHUNK,
    CHUNK_MALFORMED,
    CHUNKED_DECODED,
    CHUNK_SIZE_OVERFLOW,
    CHUNKED_PARAMETERS,
    CHUNK_EXTENSIONS,
    CHUNK_EXTENSIONS_LIMITED,
    TRAILERS_CONSUMED,
    TRAILERS_SEPARATE,
    TRAILERS_NOT_MERGED,
    COMPRESSION_PARAMETERS,
    ABORTED_INCOMPLETE,
    ABORTED_SHORT,
    ORDERED_TRANSPORT,
    PERSISTENT,
    CLOSE_NOT_PERSISTENT,
    HTTP_1_1_PERSISTS,
    HTTP_1_0_CLOSES,
    NOT_PERSISTENT_ANNOUNCED,
    BODY_READ_OR_CLOSED,
    PIPELINED_ORDER,
    PIPELINED_UNSAFE,
    CLOSURE_MONITORED,
    CLOSE_ANNOUNCED,
    CLOSE_RECEIVED,
    CLOSE_ANSWERED,
    CLOSE_RECEIVED_IS_LAST,
    CLOSE_SENT,
    CLOSE_SENT_IS_LAST,
    STAGED_CLOSE,
    HALF_CLOSE,
    INCOMPLETE_CLOSE,
    CLOSURE_ALERT,
    CLOSURE_ALERT_UNANSWERED,
)
"""Every requirement of this text, in its order."""
