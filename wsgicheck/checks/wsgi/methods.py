"""REQUEST_METHOD: the method of the request line (PEP 3333, environ Variables; RFC 3875, 4.1.12)."""

from __future__ import annotations

from ...authoring import Exchange, Request, check, environ_of, expect, expect_called, inapplicable
from ...spec import pep3333, rfc3875, rfc9110, rfc9112

LAW = (pep3333.REQUEST_METHOD_VALUE, pep3333.REQUEST_METHOD, rfc3875.REQUEST_METHOD)
PASSED_ON = (pep3333.APP_CALLED_ONCE, rfc9110.METHOD_UNKNOWN)
FORM = (("Content-Type", "text/plain"),)


def expect_method(exchange: Exchange, want: str) -> None:
    """Fail unless REQUEST_METHOD is this."""
    got = environ_of(exchange).get("REQUEST_METHOD")
    expect(got == want, "REQUEST_METHOD", want=want, got=got)


@check("request-method-get", requires=LAW)
def request_method_get(exchange: Exchange) -> None:
    """REQUEST_METHOD of a GET is GET.

    It is never absent, and never empty.
    """
    expect_method(exchange, "GET")


@check("request-method-post", requires=LAW, send=Request("POST", headers=FORM, body=b"hello"))
def request_method_post(exchange: Exchange) -> None:
    """REQUEST_METHOD of a POST is POST.

    Applications change what they keep on it.
    """
    expect_method(exchange, "POST")


@check(
    "request-method-head",
    requires=LAW,
    send=Request("HEAD"),
    tempered="mod_wsgi turns HEAD into GET by design, so that filters see the content",
)
def request_method_head(exchange: Exchange) -> None:
    """REQUEST_METHOD of a HEAD is HEAD.

    An application that makes its content for nothing does work for nothing.
    """
    expect_method(exchange, "HEAD")


@check("request-method-put", requires=LAW, send=Request("PUT", headers=FORM, body=b"hello"))
def request_method_put(exchange: Exchange) -> None:
    """REQUEST_METHOD of a PUT is PUT.

    Interfaces of machines are made of it.
    """
    expect_method(exchange, "PUT")


@check("request-method-delete", requires=LAW, send=Request("DELETE"))
def request_method_delete(exchange: Exchange) -> None:
    """REQUEST_METHOD of a DELETE is DELETE.

    Interfaces of machines are made of it.
    """
    expect_method(exchange, "DELETE")


@check("request-method-options", requires=LAW, send=Request("OPTIONS"))
def request_method_options(exchange: Exchange) -> None:
    """REQUEST_METHOD of an OPTIONS is OPTIONS.

    Browsers ask so whether another site's script may send a request.
    """
    expect_method(exchange, "OPTIONS")


@check("request-method-patch", requires=LAW, send=Request("PATCH", headers=FORM, body=b"hello"))
def request_method_patch(exchange: Exchange) -> None:
    """REQUEST_METHOD of a PATCH is PATCH.

    Interfaces of machines are made of it.
    """
    expect_method(exchange, "PATCH")


@check("request-method-unknown", requires=LAW, send=Request("BREW-1"), control=Request())
def request_method_unknown(exchange: Exchange) -> None:
    """REQUEST_METHOD of a method that the server does not know is that method, or the server refuses it.

    It must not pass for another.
    """
    if exchange.app.called:
        expect_method(exchange, "BREW-1")


@check(
    "request-method-case-kept",
    requires=(rfc3875.REQUEST_METHOD_CASE, rfc9112.METHOD_CASE, pep3333.REQUEST_METHOD_VALUE),
    send=Request("Get"),
    control=Request(),
)
def request_method_case_kept(exchange: Exchange) -> None:
    """The case of the method is kept, or the server refuses it.

    Methods are case-sensitive: "Get" is none that a filter for GET has seen.
    """
    if exchange.app.called:
        expect_method(exchange, "Get")


@check(
    "request-method-not-overridden",
    requires=LAW,
    send=Request("POST", headers=(*FORM, ("X-HTTP-Method-Override", "DELETE")), body=b"hello"),
)
def request_method_not_overridden(exchange: Exchange) -> None:
    """REQUEST_METHOD is the method of the request line, whatever X-HTTP-Method-Override says.

    An application that believes the field does so itself.
    """
    expect_method(exchange, "POST")


def _called(exchange: Exchange, method: str) -> None:
    """Expect a call for a method, unless the server says that it does not have or not allow it."""
    status = exchange.response.status if exchange.response else 0
    if status in (403, 405, 501) and not exchange.app.called:
        inapplicable(
            f"the server answers {status} to {method}, as it may to all but GET and HEAD (RFC 9110 9.1)"
        )
    expect_called(exchange, f"a request with the method {method}")


@check("application-called-for-put", requires=PASSED_ON, send=Request("PUT", headers=FORM, body=b"hello"))
def application_called_for_put(exchange: Exchange) -> None:
    """A PUT reaches the application, or is answered as a method that the server does not have.

    What a method means is for the application to say. To call the request malformed is wrong, and hides why.
    """
    _called(exchange, "PUT")


@check("application-called-for-delete", requires=PASSED_ON, send=Request("DELETE"))
def application_called_for_delete(exchange: Exchange) -> None:
    """A DELETE reaches the application, or is answered as a method that the server does not have.

    It has no content as a rule, and needs none. See ``application-called-for-put``.
    """
    _called(exchange, "DELETE")


@check("application-called-for-options", requires=PASSED_ON, send=Request("OPTIONS"))
def application_called_for_options(exchange: Exchange) -> None:
    """An OPTIONS for a path reaches the application, or is answered as a method that the server lacks.

    Browsers ask so before a script of another site may send a request. See ``application-called-for-put``.
    """
    _called(exchange, "OPTIONS")


@check("application-called-for-patch", requires=PASSED_ON, send=Request("PATCH", headers=FORM, body=b"hello"))
def application_called_for_patch(exchange: Exchange) -> None:
    """A PATCH reaches the application, or is answered as a method that the server does not have.

    It is younger than many a list of methods. See ``application-called-for-put``.
    """
    _called(exchange, "PATCH")


@check(
    "application-called-for-unknown-method",
    requires=(rfc9110.METHOD_UNKNOWN, pep3333.APP_CALLED_ONCE),
    send=Request("BREW-1"),
    control=Request(),
)
def application_called_for_unknown_method(exchange: Exchange) -> None:
    """A method that nobody knows reaches the application, or is answered as one that the server lacks.

    Every token is a method. See ``application-called-for-put``.
    """
    _called(exchange, "BREW-1")
