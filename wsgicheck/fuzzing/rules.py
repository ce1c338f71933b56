"""The rules of the model: each a name, and the sentence that it rests on.

Two rules never share a name; a finding is told once for each.
"""

from __future__ import annotations

from ..model.fuzzed import Rule
from ..spec import pep3333, rfc3875, rfc9110, rfc9112

PROXY = "a proxy in front usually sees to it"
LOOKS_AT_PATH = "many servers look at nothing but the path"

# What must not reach the application.
HEAD_INCOMPLETE = Rule("incomplete-head-not-served", rfc9110.HEADER_SECTION_COMPLETE)
REQUEST_LINE = Rule("invalid-request-line-refused", rfc9112.REQUEST_LINE_INVALID)
FIELD_LINE = Rule("malformed-field-line-refused", rfc9112.NOT_HTTP_REJECTED)
SPACE_BEFORE_COLON = Rule("space-before-colon-refused", rfc9112.WHITESPACE_BEFORE_COLON)
HOST_MISSING = Rule("missing-host-refused", rfc9112.HOST_MISSING, PROXY)
HOST_REPEATED = Rule("repeated-host-refused", rfc9112.HOST_REPEATED, PROXY)
HOST_INVALID = Rule("invalid-host-refused", rfc9112.HOST_INVALID, PROXY)
LENGTH_INVALID = Rule("invalid-content-length-refused", rfc9112.LENGTH_INVALID_400)
CHUNKED_NOT_FINAL = Rule("coding-without-final-chunked-refused", rfc9112.CHUNKED_NOT_FINAL)

# Behind what no further request may be served.
CLOSE_RECEIVED = Rule("nothing-served-behind-close", rfc9112.CLOSE_RECEIVED_IS_LAST)
CLOSE_SENT = Rule("nothing-served-behind-sent-close", rfc9112.CLOSE_SENT_IS_LAST)
HTTP_1_0 = Rule("nothing-served-behind-http-1-0", rfc9112.HTTP_1_0_CLOSES)
LENGTH_AND_CODING = Rule("nothing-served-behind-length-and-coding", rfc9112.LENGTH_AND_CODING)
CODING_IN_1_0 = Rule("nothing-served-behind-http-1-0-coding", rfc9112.CODING_FROM_HTTP_1_0)
LENGTH_INVALID_LAST = Rule("nothing-served-behind-invalid-content-length", rfc9112.LENGTH_INVALID_400)
CHUNKED_NOT_FINAL_LAST = Rule("nothing-served-behind-coding-without-chunked", rfc9112.CHUNKED_NOT_FINAL)
CHUNK_MALFORMED = Rule("nothing-served-behind-malformed-chunk", rfc9112.CHUNK_MALFORMED)
LENGTH_COVERS = Rule("content-of-a-length-is-no-request", rfc9112.REQUEST_LENGTH)
CHUNKS_COVER = Rule("content-of-chunks-is-no-request", rfc9112.CHUNKED_LENGTH)
CONTENT_IS_NO_REQUEST = Rule("content-is-no-request", rfc9112.BODY_READ_OR_CLOSED)

# What must reach the application, and how.
ANSWERED = Rule("request-answered", rfc9110.ONE_FINAL_RESPONSE)
SURVIVED = Rule("server-survives", rfc9110.ONE_FINAL_RESPONSE)
SERVED = Rule("well-formed-request-served", pep3333.APP_CALLED_ONCE)
CHUNKED_SERVED = Rule("chunked-request-served", rfc9112.CHUNKED_UNDERSTOOD)
ABSOLUTE_SERVED = Rule("absolute-form-served", rfc9112.ABSOLUTE_FORM_ACCEPTED)
ONCE = Rule("request-served-once", pep3333.APP_CALLED_ONCE)

METHOD = Rule("environ-method", pep3333.REQUEST_METHOD_VALUE)
PATH = Rule("environ-path", rfc3875.PATH_INFO_DECODED)
ABSOLUTE_PATH = Rule("environ-path-of-absolute-form", rfc9112.ABSOLUTE_FORM_ACCEPTED, LOOKS_AT_PATH)
QUERY = Rule("environ-query", pep3333.QUERY_STRING)
PROTOCOL = Rule("environ-protocol", pep3333.SERVER_PROTOCOL_VALUE)
CONTENT_TYPE = Rule("environ-content-type", pep3333.CONTENT_TYPE)
CONTENT_LENGTH = Rule("environ-content-length", pep3333.CONTENT_LENGTH)
FIELD_VALUE = Rule("environ-field-value", rfc9112.FIELD_WHITESPACE)
FIELD_MISSING = Rule("environ-field-present", pep3333.HTTP_VARIABLES)
FIELD_INVENTED = Rule("environ-field-not-invented", pep3333.HTTP_VARIABLES_ABSENT)
FIELDS_COMBINED = Rule("environ-fields-combined", rfc9110.FIELD_LINES_COMBINED)
CR_LF_NUL = Rule("environ-without-cr-lf-nul", rfc9110.FIELD_VALUE_CR_LF_NUL)
FOLDING = Rule("environ-unfolded", rfc9112.FOLDING_RECEIVED)
LEADING_SPACE = Rule("line-behind-leading-space-ignored", rfc9112.LEADING_WHITESPACE_RECEIVED)
TRAILER = Rule("trailers-not-merged", rfc9112.TRAILERS_NOT_MERGED)

CONTENT = Rule("content-by-length", rfc9112.REQUEST_LENGTH)
CHUNKED_CONTENT = Rule("content-by-chunks", rfc9112.CHUNKED_DECODED)
OVERRIDDEN_LENGTH = Rule("content-by-chunks-beside-length", rfc9112.CODING_OVERRIDES_LENGTH)
NO_CONTENT = Rule("content-absent", rfc9112.REQUEST_WITHOUT_BODY)
READ = Rule("input-read", pep3333.INPUT_READ_SIZE)
READLINE = Rule("input-lines", pep3333.INPUT_LINES)

# What must come back.
GRAMMAR = Rule("response-grammar", rfc9112.MESSAGE_FORMAT)
STATUS = Rule("response-status", pep3333.STATUS_DELIVERED)
HEADERS = Rule("response-headers", pep3333.HEADERS_DELIVERED)
BODY = Rule("response-content", pep3333.TRANSMIT_UNBUFFERED)
COMPLETE = Rule("response-complete", rfc9112.CHUNKED_FORMAT)
LENGTH_RIGHT = Rule("response-length-right", rfc9110.CONTENT_LENGTH_CORRECT)
EXCESS = Rule("response-excess-not-sent", pep3333.EXCESS_NOT_SENT)
SHORTFALL = Rule("response-shortfall-visible", pep3333.SHORTFALL_CLOSES)
HEAD_CONTENT = Rule("head-without-content", rfc9110.HEAD_NO_CONTENT)
HEAD_LENGTH = Rule("head-length-right", rfc9110.HEAD_CONTENT_LENGTH)
NO_CONTENT_204 = Rule("204-without-content", rfc9110.NO_CONTENT)
NO_LENGTH_204 = Rule("204-without-length", rfc9110.NO_CONTENT_NO_LENGTH)
NO_CODING_204 = Rule("204-without-coding", rfc9112.NO_CONTENT_NO_CODING)
CONTENT_205 = Rule("205-without-content", rfc9110.RESET_CONTENT)
CONTENT_304 = Rule("304-without-content", rfc9110.NOT_MODIFIED_NO_CONTENT)
LENGTH_304 = Rule("304-length-right", rfc9110.NOT_MODIFIED_CONTENT_LENGTH)
CODING_TO_1_0 = Rule("coding-only-to-http-1-1", rfc9112.CHUNKED_ONLY_TO_HTTP_1_1)
BOTH_SENT = Rule("length-and-coding-not-sent", rfc9112.LENGTH_AND_CODING_NOT_SENT)
DUPLICATED = Rule("response-field-not-duplicated", rfc9110.FIELD_NOT_DUPLICATED)
DATE = Rule("response-dated", rfc9110.DATE, PROXY)
INTERIM_1_0 = Rule("no-interim-to-http-1-0", rfc9110.INTERIM_HTTP_1_0)
SURPLUS = Rule("one-response-a-request", rfc9110.ONE_FINAL_RESPONSE)
ORDER = Rule("responses-in-order", rfc9112.PIPELINED_ORDER)
FAILURE_SHOWN = Rule("failure-not-passed-off", pep3333.ERROR_TRAPPED)
HEAD_EARLY = Rule("head-not-before-content", pep3333.HEADERS_NOT_EARLY)
CUT_SHORT = Rule("failed-response-incomplete", rfc9112.ABORTED_INCOMPLETE)
REPLACED = Rule("exc-info-replaces", pep3333.EXC_INFO_REPLACES)
CLOSED = Rule("close-called", pep3333.CLOSE)
CLOSED_ONCE = Rule("close-called-once", pep3333.CLOSE_ONCE)

ALL: tuple[Rule, ...] = tuple(value for value in globals().values() if isinstance(value, Rule))
