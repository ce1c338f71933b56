"""The ``wsgi.`` variables, and the names of a server's own (PEP 3333, environ Variables)."""

from __future__ import annotations

import re

from ...authoring import (
    Exchange,
    Request,
    called_once,
    check,
    environ_of,
    expect,
    inapplicable,
    inconclusive,
    needs_plain,
)
from ...spec import pep3333

REQUIRED = (
    "wsgi.version",
    "wsgi.url_scheme",
    "wsgi.input",
    "wsgi.errors",
    "wsgi.multithread",
    "wsgi.multiprocess",
    "wsgi.run_once",
)
POST = Request("POST", "/", (("Content-Type", "text/plain"),), b"hello")


def expect_methods(exchange: Exchange, stream: str, wanted: tuple[str, ...]) -> None:
    """Fail unless the stream has these methods; inconclusive where there is no stream."""
    key = f"wsgi.{stream}"
    if key not in environ_of(exchange):
        inconclusive(f"{key} is absent: wsgi-variables-present fails for it")
    has = called_once(exchange).facts[f"{stream}_methods"]
    missing = [name for name in wanted if name not in has]
    expect(not missing, f"methods that {key} lacks", want="none", got=", ".join(missing))


@check("wsgi-variables-present", requires=pep3333.WSGI_VARIABLES)
def wsgi_variables_present(exchange: Exchange) -> None:
    """All variables that WSGI defines are present.

    Middleware looks them up without asking.
    """
    environ = environ_of(exchange)
    missing = [key for key in REQUIRED if key not in environ]
    expect(not missing, "wsgi variables that are missing", want="none", got=", ".join(missing))


@check("wsgi-version-is-1-0", requires=pep3333.WSGI_VERSION)
def wsgi_version_is_1_0(exchange: Exchange) -> None:
    """wsgi.version is the tuple (1, 0).

    PEP 3333 did not change it: there is no version 1.0.1. A list never equals a tuple.
    """
    environ = environ_of(exchange)
    if "wsgi.version" not in environ:
        inconclusive("wsgi.version is absent: wsgi-variables-present fails for it")
    got = environ["wsgi.version"]
    expect(
        environ.type("wsgi.version") == "tuple" and got == "(1, 0)", "wsgi.version", want="(1, 0)", got=got
    )


@check("wsgi-url-scheme-is-str", requires=pep3333.WSGI_URL_SCHEME)
def wsgi_url_scheme_is_str(exchange: Exchange) -> None:
    """wsgi.url_scheme is exactly str.

    The URL of a request begins with it.
    """
    environ = environ_of(exchange)
    if "wsgi.url_scheme" not in environ:
        inconclusive("wsgi.url_scheme is absent: wsgi-variables-present fails for it")
    got = environ.type("wsgi.url_scheme")
    expect(got == "str", "type of wsgi.url_scheme", want="str", got=got)


@check("wsgi-url-scheme-is-http", requires=pep3333.WSGI_URL_SCHEME_VALUE)
def wsgi_url_scheme_is_http(exchange: Exchange) -> None:
    """wsgi.url_scheme is "http" on a plain connection.

    Links would lead to a port where nobody speaks TLS, and cookies be marked for it.
    """
    needs_plain(exchange)
    environ = environ_of(exchange)
    if "wsgi.url_scheme" not in environ:
        inconclusive("wsgi.url_scheme is absent: wsgi-variables-present fails for it")
    got = environ["wsgi.url_scheme"]
    expect(got == "http", "wsgi.url_scheme", want="http", got=got)


@check(
    "wsgi-input-has-methods",
    requires=(
        pep3333.INPUT_READ,
        pep3333.INPUT_READLINE,
        pep3333.INPUT_READLINES,
        pep3333.INPUT_ITER,
        pep3333.WSGI_INPUT,
    ),
)
def wsgi_input_has_methods(exchange: Exchange) -> None:
    """wsgi.input has all its methods also where the request has no body.

    Applications read it without asking.
    """
    expect_methods(exchange, "input", ("read", "readline", "readlines", "__iter__"))


@check(
    "wsgi-input-of-body-has-methods",
    requires=(
        pep3333.INPUT_READ,
        pep3333.INPUT_READLINE,
        pep3333.INPUT_READLINES,
        pep3333.INPUT_ITER,
        pep3333.WSGI_INPUT,
    ),
    send=POST,
)
def wsgi_input_of_body_has_methods(exchange: Exchange) -> None:
    """wsgi.input of a POST has read, readline, readlines and __iter__.

    Parsers of forms use any of them.
    """
    expect_methods(exchange, "input", ("read", "readline", "readlines", "__iter__"))


@check(
    "wsgi-errors-has-methods",
    requires=(pep3333.ERRORS_FLUSH, pep3333.ERRORS_WRITE, pep3333.ERRORS_WRITELINES, pep3333.WSGI_ERRORS),
)
def wsgi_errors_has_methods(exchange: Exchange) -> None:
    """wsgi.errors has flush, write and writelines.

    It is where an application reports its errors: there is no other place to say that it cannot.
    """
    expect_methods(exchange, "errors", ("flush", "write", "writelines"))


@check("wsgi-file-wrapper-callable", requires=pep3333.FILE_WRAPPER_ARGUMENTS)
def wsgi_file_wrapper_callable(exchange: Exchange) -> None:
    """wsgi.file_wrapper, where it is present, can be called.

    Applications ask only whether the key is there. A None is there, too.
    """
    if "wsgi.file_wrapper" not in environ_of(exchange):
        inapplicable("the server has no wsgi.file_wrapper")
    got = called_once(exchange).facts["file_wrapper_callable"]
    expect(got, "callable(wsgi.file_wrapper)", want="True", got="False")


@check("extension-names-lower-case", requires=pep3333.EXTENSION_NAMES)
def extension_names_lower_case(exchange: Exchange) -> None:
    """The server's own variables with a dot in their name have no upper-case letters.

    So nobody takes them for variables of CGI.
    """
    wrong = [
        key for key in environ_of(exchange).values if "." in key and not re.fullmatch("[a-z0-9._]+", key)
    ]
    expect(not wrong, "names of the server's own variables", want="lower case", got=", ".join(wrong))


@check(
    "extension-names-prefixed",
    requires=pep3333.EXTENSION_PREFIX,
    tempered="a name without a prefix that no other server uses harms nobody",
)
def extension_names_prefixed(exchange: Exchange) -> None:
    """The server's own variables in lower case have a prefix, with a dot behind it.

    The next server may mean something else by the same name.
    """
    environ = environ_of(exchange)
    if "PATH" in environ or "WSGICHECK_TEXT" in environ:
        inapplicable("the server copies the variables of the operating system, which have any name")
    wrong = [key for key in environ.values if "." not in key and key == key.lower()]
    expect(not wrong, "names without the prefix of a server", want="none", got=", ".join(wrong))
