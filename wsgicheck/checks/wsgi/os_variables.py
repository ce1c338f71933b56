"""Variables of the operating system, which a server may copy into the environ (PEP 3333)."""

from __future__ import annotations

from ...authoring import Carrier, Exchange, Request, check, environ_of, expect, inapplicable
from ...spec import pep3333

STRAY = "HTTP_X_WSGICHECK_STRAY"
TEXT = "WSGICHECK_TEXT"


@check("os-variables-not-header-variables", requires=pep3333.HTTP_VARIABLES_ABSENT)
def os_variables_not_header_variables(exchange: Exchange) -> None:
    """A variable of the operating system named HTTP_... does not become a header of the request.

    The application believes that the client sent it.
    """
    got = environ_of(exchange).get(STRAY, "absent")
    expect(got == "absent", f"{STRAY}, which is in the server's own environment", want="absent", got=got)


@check(
    "header-variables-before-os-variables",
    requires=pep3333.HTTP_VARIABLES,
    send=Request(headers=(("X-Wsgicheck-Stray", "from the request"),), carrier=Carrier.QUERY),
)
def header_variables_before_os_variables(exchange: Exchange) -> None:
    """The header of the request is not overwritten by a variable of the operating system.

    The environ is that of the request; all else is only added to it.
    """
    got = environ_of(exchange).get(STRAY, "from the request")
    expect(got == "from the request", STRAY, want="from the request", got=got)


@check("os-variables-latin-1", requires=(pep3333.OS_VARIABLES_LATIN_1, pep3333.STRINGS_LATIN_1))
def os_variables_latin_1(exchange: Exchange) -> None:
    """Variables of the operating system in the environ are Latin-1 images of their octets.

    The PEP's sample gateway converts them; ``os.environ`` holds text, with characters above U+00FF.
    """
    environ = environ_of(exchange)
    if TEXT not in environ:
        inapplicable("the server copies no variables of the operating system")
    got = environ[TEXT]
    want = "caf\xc3\xa9 \xe2\x82\xac"
    expect(got == want, f"{TEXT}, which is in the server's own environment", want=want, got=got)
