"""What RFC 3875 (CGI/1.1) says of the variables that PEP 3333 takes over.

PEP 3333 defines its CGI variables "as defined by the Common Gateway Interface specification", so these
are rules of the environ that a request can show. A capitalised word gives a level (``KEYWORD``); grammar
and definitions are ``INFERRED``. Where the PEP is more lenient, the PEP's own requirement stands beside.
"""

from __future__ import annotations

import functools

from wsgicheck.model.law import Basis, Level, Requirement, Source
from wsgicheck.spec.declaration import law

_law = functools.partial(law, Source.RFC_3875)


# 4.1. Request Meta-Variables

META_VARIABLES = (
    "AUTH_TYPE",
    "CONTENT_LENGTH",
    "CONTENT_TYPE",
    "GATEWAY_INTERFACE",
    "PATH_INFO",
    "PATH_TRANSLATED",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_IDENT",
    "REMOTE_USER",
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "SERVER_SOFTWARE",
)
"""Those of the request and the server; the ones of its header fields begin with HTTP_ (4.1.18)."""
NAMES_DIFFER = _law(
    "4.1",
    "cgi-names-differ",
    Level.MUST,
    Basis.INFERRED,
    "there cannot be two different variables whose names differ in case only.",
    inference="Stated as a property of the variables.",
)


# 4.1.1. AUTH_TYPE

AUTH_TYPE = _law(
    "4.1.1",
    "cgi-auth-type",
    Level.MUST,
    Basis.KEYWORD,
    "if the client request required authentication for external access, then the server MUST set the value "
    "of this variable from the 'auth-scheme' token in the request Authorization header field.",
    untested="Needs a server that authenticates the user itself.",
)


# 4.1.2. CONTENT_LENGTH

CONTENT_LENGTH_SYNTAX = _law(
    "4.1.2",
    "cgi-content-length-syntax",
    Level.MUST,
    Basis.INFERRED,
    'CONTENT_LENGTH = "" | 1*digit',
    inference="The grammar of the value.",
)
CONTENT_LENGTH_SET = _law(
    "4.1.2",
    "cgi-content-length-set",
    Level.MUST,
    Basis.KEYWORD,
    "The server MUST set this meta-variable if and only if the request is accompanied by a message-body "
    "entity.",
)
CONTENT_LENGTH_DECODED = _law(
    "4.1.2",
    "cgi-content-length-decoded",
    Level.MUST,
    Basis.INFERRED,
    "The CONTENT_LENGTH value must reflect the length of the message-body after the server has removed any "
    "transfer-codings or content-codings.",
    inference='A "must" that is not capitalised, in the definition of the variable.',
)


# 4.1.3. CONTENT_TYPE

CONTENT_TYPE_SET = _law(
    "4.1.3",
    "cgi-content-type-set",
    Level.MUST,
    Basis.KEYWORD,
    "The server MUST set this meta-variable if an HTTP Content-Type field is present in the client request "
    "header.",
)
CONTENT_TYPE_OMITTED = _law(
    "4.1.3",
    "cgi-content-type-omitted",
    Level.SHOULD,
    Basis.INFERRED,
    "otherwise it should omit this meta-variable.",
    inference=(
        'A "should" that is not capitalised, of a request without Content-Type; a server may guess the type'
        " of a body."
    ),
)


# 4.1.4. GATEWAY_INTERFACE

GATEWAY_INTERFACE = _law(
    "4.1.4",
    "cgi-gateway-interface-syntax",
    Level.MUST,
    Basis.INFERRED,
    'GATEWAY_INTERFACE = "CGI" "/" 1*digit "." 1*digit',
    inference="The grammar of the value, where the variable is present; a WSGI server need not set it.",
)


# 4.1.5. PATH_INFO

PATH_INFO_DECODED = _law(
    "4.1.5",
    "cgi-path-info-decoded",
    Level.MUST,
    Basis.INFERRED,
    "Unlike a URI path, the PATH_INFO is not URL-encoded",
    inference="Stated as a property of the variable.",
)
PATH_INFO_SYNTAX = _law(
    "4.1.5",
    "cgi-path-info-syntax",
    Level.MUST,
    Basis.INFERRED,
    'PATH_INFO = "" | ( "/" path )',
    inference="The grammar of the value.",
)
PATH_INFO_CASE = _law(
    "4.1.5",
    "cgi-path-info-case",
    Level.MUST,
    Basis.KEYWORD,
    "the server MUST preserve the case of the path as presented in the request URI.",
)


# 4.1.6. PATH_TRANSLATED

PATH_TRANSLATED = _law(
    "4.1.6",
    "cgi-path-translated",
    Level.MUST,
    Basis.KEYWORD,
    "If PATH_INFO is NULL, then the PATH_TRANSLATED variable MUST be set to NULL (or unset).",
    untested="It is for servers that publish files; a WSGI server maps no path to one.",
)


# 4.1.7. QUERY_STRING

QUERY_STRING_ENCODED = _law(
    "4.1.7",
    "cgi-query-string-encoded",
    Level.MUST,
    Basis.INFERRED,
    "The QUERY_STRING variable contains a URL-encoded search or parameter string",
    inference="Stated as a property of the variable.",
)
QUERY_STRING_SET = _law(
    "4.1.7",
    "cgi-query-string-set",
    Level.MUST,
    Basis.KEYWORD,
    "The server MUST set this variable; if the Script-URI does not include a query component, the "
    'QUERY_STRING MUST be defined as an empty string ("").',
    untested=(
        "PEP 3333 lets the variable be absent where it would be empty, and the PEP is what a WSGI "
        "server keeps."
    ),
)


# 4.1.8. REMOTE_ADDR

REMOTE_ADDR = _law(
    "4.1.8",
    "cgi-remote-addr",
    Level.MUST,
    Basis.KEYWORD,
    "The REMOTE_ADDR variable MUST be set to the network address of the client sending the request to the "
    "server.",
)


# 4.1.9. REMOTE_HOST

REMOTE_HOST = _law(
    "4.1.9",
    "cgi-remote-host",
    Level.SHOULD,
    Basis.KEYWORD,
    "The server SHOULD set this variable.",
    untested=(
        "Absent and empty are both allowed, and whether a name is the client's only its name service knows."
    ),
)


# 4.1.11. REMOTE_USER

REMOTE_USER = _law(
    "4.1.11",
    "cgi-remote-user",
    Level.MUST,
    Basis.KEYWORD,
    "then the value of the REMOTE_USER meta-variable MUST be set to the user-ID supplied.",
    untested="Needs a server that authenticates the user itself.",
)


# 4.1.12. REQUEST_METHOD

REQUEST_METHOD = _law(
    "4.1.12",
    "cgi-request-method",
    Level.MUST,
    Basis.KEYWORD,
    "The REQUEST_METHOD meta-variable MUST be set to the method which should be used by the script to "
    "process the request",
)
REQUEST_METHOD_CASE = _law(
    "4.1.12",
    "cgi-request-method-case",
    Level.MUST,
    Basis.INFERRED,
    "The method is case sensitive.",
    inference="Methods that differ in case are different, so the case has to be kept.",
)


# 4.1.13. SCRIPT_NAME

SCRIPT_NAME = _law(
    "4.1.13",
    "cgi-script-name",
    Level.MUST,
    Basis.KEYWORD,
    "The SCRIPT_NAME variable MUST be set to a URI path (not URL-encoded) which could identify the CGI "
    "script (rather than the script's output).",
)
SCRIPT_NAME_SYNTAX = _law(
    "4.1.13",
    "cgi-script-name-syntax",
    Level.MUST,
    Basis.INFERRED,
    'SCRIPT_NAME = "" | ( "/" path )',
    inference="The grammar of the value.",
)
SCRIPT_NAME_SET = _law(
    "4.1.13",
    "cgi-script-name-set",
    Level.MUST,
    Basis.KEYWORD,
    "It is optional if the path is NULL; however, the variable MUST still be set in that case.",
    untested=(
        "PEP 3333 lets the variable be absent where it would be empty, and the PEP is what a WSGI "
        "server keeps."
    ),
)


# 4.1.14. SERVER_NAME

SERVER_NAME = _law(
    "4.1.14",
    "cgi-server-name",
    Level.MUST,
    Basis.KEYWORD,
    "The SERVER_NAME variable MUST be set to the name of the server host to which the client request is "
    "directed.",
)
SERVER_NAME_SYNTAX = _law(
    "4.1.14",
    "cgi-server-name-syntax",
    Level.MUST,
    Basis.INFERRED,
    'server-name = hostname | ipv4-address | ( "[" ipv6-address "]" )',
    inference="The grammar of the value.",
)


# 4.1.15. SERVER_PORT

SERVER_PORT = _law(
    "4.1.15",
    "cgi-server-port",
    Level.MUST,
    Basis.KEYWORD,
    "The SERVER_PORT variable MUST be set to the TCP/IP port number on which this request is received from "
    "the client.",
)
SERVER_PORT_SYNTAX = _law(
    "4.1.15",
    "cgi-server-port-syntax",
    Level.MUST,
    Basis.INFERRED,
    "server-port = 1*digit",
    inference="The grammar of the value.",
)


# 4.1.16. SERVER_PROTOCOL

SERVER_PROTOCOL = _law(
    "4.1.16",
    "cgi-server-protocol",
    Level.MUST,
    Basis.KEYWORD,
    "The SERVER_PROTOCOL variable MUST be set to the name and version of the application protocol used for "
    "this CGI request.",
)


# 4.1.17. SERVER_SOFTWARE

SERVER_SOFTWARE = _law(
    "4.1.17",
    "cgi-server-software",
    Level.MUST,
    Basis.KEYWORD,
    "The SERVER_SOFTWARE meta-variable MUST be set to the name and version of the information server "
    "software making the CGI request (and running the gateway).",
)
SERVER_SOFTWARE_MATCHES = _law(
    "4.1.17",
    "cgi-server-software-matches",
    Level.SHOULD,
    Basis.KEYWORD,
    "It SHOULD be the same as the server description reported to the client, if any.",
    untested=(
        "The Server header is optional, and a front may replace it; hiding the version is good practice."
    ),
)


# 4.1.18. Protocol-Specific Meta-Variables

HTTP_VARIABLES = _law(
    "4.1.18",
    "cgi-http-variables",
    Level.SHOULD,
    Basis.KEYWORD,
    "The server SHOULD set meta-variables specific to the protocol and scheme for the request.",
)
HTTP_VARIABLE_NAMES = _law(
    "4.1.18",
    "cgi-http-variable-names",
    Level.MUST,
    Basis.INFERRED,
    'The HTTP header field name is converted to upper case, has all occurrences of "-" replaced with "_" '
    'and has "HTTP_" prepended to give the meta-variable name.',
    inference="The definition of the names.",
)
REPEATED_FIELDS = _law(
    "4.1.18",
    "cgi-repeated-fields",
    Level.MUST,
    Basis.KEYWORD,
    "If multiple header fields with the same field-name are received then the server MUST rewrite them as a"
    " single value having the same semantics.",
)
FOLDED_FIELDS = _law(
    "4.1.18",
    "cgi-folded-fields",
    Level.MUST,
    Basis.KEYWORD,
    "a header field that spans multiple lines MUST be merged onto a single line.",
)
CREDENTIALS_REMOVED = _law(
    "4.1.18",
    "cgi-credentials-removed",
    Level.SHOULD,
    Basis.KEYWORD,
    "it SHOULD remove any header fields carrying authentication information, such as 'Authorization'",
    untested="It binds servers that authenticate by themselves; here the application does.",
)
CONTENT_FIELDS_REMOVED = _law(
    "4.1.18",
    "cgi-content-fields-removed",
    Level.SHOULD,
    Basis.KEYWORD,
    "it SHOULD remove any header fields carrying authentication information, such as 'Authorization'; or "
    "that are available to the script in other variables, such as 'Content-Length' and 'Content-Type'.",
)


# 4.2. Request Message-Body

BODY_AVAILABLE = _law(
    "4.2",
    "cgi-body-available",
    Level.MUST,
    Basis.KEYWORD,
    "A request-body is supplied with the request if the CONTENT_LENGTH is not NULL. The server MUST make at"
    " least that many bytes available for the script to read.",
)
TRANSFER_CODINGS_REMOVED = _law(
    "4.2",
    "cgi-transfer-codings-removed",
    Level.MUST,
    Basis.KEYWORD,
    "the server MUST remove any such codings from the message-body, and recalculate the CONTENT_LENGTH.",
)


# 4.3.3. HEAD

HEAD_BODY_DISCARDED = _law(
    "4.3.3",
    "cgi-head-body-discarded",
    Level.MUST,
    Basis.KEYWORD,
    "If it does, then the server MUST discard the message-body when reading the response from the script.",
)


ALL: tuple[Requirement, ...] = (
    NAMES_DIFFER,
    AUTH_TYPE,
    CONTENT_LENGTH_SYNTAX,
    CONTENT_LENGTH_SET,
    CONTENT_LENGTH_DECODED,
    CONTENT_TYPE_SET,
    CONTENT_TYPE_OMITTED,
    GATEWAY_INTERFACE,
    PATH_INFO_DECODED,
    PATH_INFO_SYNTAX,
    PATH_INFO_CASE,
    PATH_TRANSLATED,
    QUERY_STRING_ENCODED,
    QUERY_STRING_SET,
    REMOTE_ADDR,
    REMOTE_HOST,
    REMOTE_USER,
    REQUEST_METHOD,
    REQUEST_METHOD_CASE,
    SCRIPT_NAME,
    SCRIPT_NAME_SYNTAX,
    SCRIPT_NAME_SET,
    SERVER_NAME,
    SERVER_NAME_SYNTAX,
    SERVER_PORT,
    SERVER_PORT_SYNTAX,
    SERVER_PROTOCOL,
    SERVER_SOFTWARE,
    SERVER_SOFTWARE_MATCHES,
    HTTP_VARIABLES,
    HTTP_VARIABLE_NAMES,
    REPEATED_FIELDS,
    FOLDED_FIELDS,
    CREDENTIALS_REMOVED,
    CONTENT_FIELDS_REMOVED,
    BODY_AVAILABLE,
    TRANSFER_CODINGS_REMOVED,
    HEAD_BODY_DISCARDED,
)
"""Every requirement of this text, in its order."""
