"""The origin-form and the asterisk-form of the request target (RFC 9112 3.2)."""

from __future__ import annotations

from ...authoring import (
    HttpExchange,
    check,
    environ_of,
    expect,
    expect_called,
    inapplicable,
    refused,
    response_of,
)
from ...authoring.request_lines import with_target
from ...spec import rfc9110, rfc9112

PLAIN = with_target(b"/")
LINE_8000 = b"/" + b"a" * (8000 - len("GET / HTTP/1.1"))
TARGET_64K = b"/" + b"a" * 65_535


@check(
    "target-with-space-refused",
    requires=(rfc9112.REQUEST_LINE_INVALID, rfc9112.TARGET_WHITESPACE),
    send=with_target(b"/a b"),
    control=PLAIN,
)
def target_with_space_refused(exchange: HttpExchange) -> None:
    """A target with a space is refused (or redirected to the encoded one).

    Some recipients cut it there, others at the last space: a filter and the application see two
    resources.
    """
    refused(exchange)


@check(
    "target-with-tab-refused",
    requires=(rfc9112.REQUEST_LINE_INVALID, rfc9112.TARGET_WHITESPACE),
    send=with_target(b"/a\tb"),
    control=PLAIN,
)
def target_with_tab_refused(exchange: HttpExchange) -> None:
    """A target with a tab is refused.

    Some recipients cut it there: a filter and the application see two resources.
    """
    refused(exchange)


@check(
    "target-with-nul-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/a\x00b"),
    control=PLAIN,
)
def target_with_nul_refused(exchange: HttpExchange) -> None:
    """A target with a NUL is refused.

    Whatever is written in C sees only what stands before it.
    """
    refused(exchange)


@check(
    "target-with-control-character-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/a\x01b"),
    control=PLAIN,
)
def target_with_control_character_refused(exchange: HttpExchange) -> None:
    """A target with a control character is refused.

    No URI has one. It travels on into logs, terminals and header fields.
    """
    refused(exchange)


@check(
    "target-with-delete-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/a\x7fb"),
    control=PLAIN,
)
def target_with_delete_refused(exchange: HttpExchange) -> None:
    """A target with a DEL character is refused.

    It lies above the other control characters, where a comparison with the space does not find it.
    """
    refused(exchange)


@check(
    "target-with-octet-above-ascii-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/caf\xe9"),
    control=PLAIN,
    tempered="browsers of old send such octets, and nearly every server takes them",
)
def target_with_octet_above_ascii_refused(exchange: HttpExchange) -> None:
    """A target with an octet above US-ASCII is refused.

    A URI encodes it; unencoded, each recipient decodes it in its own way.
    """
    refused(exchange)


@check(
    "target-with-fragment-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/a#b"),
    control=PLAIN,
    tempered="most servers take it for a part of the path, or drop it",
)
def target_with_fragment_refused(exchange: HttpExchange) -> None:
    """A target with a fragment is refused.

    A fragment is for the client alone. A filter that cuts it off sees another resource than the
    application.
    """
    refused(exchange)


@check(
    "target-without-slash-refused",
    requires=(rfc9112.REQUEST_LINE_INVALID, rfc9112.ORIGIN_FORM),
    send=with_target(b"seen"),
    control=PLAIN,
)
def target_without_slash_refused(exchange: HttpExchange) -> None:
    """A target that does not begin with a slash is refused.

    Joined to the authority it names another host: example.com and seen make example.comseen.
    """
    refused(exchange)


@check(
    "target-of-query-alone-refused",
    requires=(rfc9112.REQUEST_LINE_INVALID, rfc9112.ORIGIN_FORM),
    send=with_target(b"?x=1"),
    control=PLAIN,
)
def target_of_query_alone_refused(exchange: HttpExchange) -> None:
    """A target that is only a query is refused.

    An empty path is not sent: whoever repairs it guesses.
    """
    refused(exchange)


@check(
    "authority-form-for-get-refused",
    requires=(rfc9112.REQUEST_LINE_INVALID, rfc9112.AUTHORITY_FORM),
    send=with_target(b"{ticket}.example:80"),
    control=PLAIN,
)
def authority_form_for_get_refused(exchange: HttpExchange) -> None:
    """The authority-form, which belongs to CONNECT, is refused for GET.

    It has no path. Whoever reads a scheme from it, and the port as a path, serves what was not asked
    for.
    """
    refused(exchange)


@check(
    "asterisk-form-for-get-refused",
    requires=(rfc9112.REQUEST_LINE_INVALID, rfc9112.ASTERISK_FORM),
    send=with_target(b"*"),
    control=PLAIN,
    tempered="most servers hand it over as it is, and no resource is called so",
)
def asterisk_form_for_get_refused(exchange: HttpExchange) -> None:
    """The asterisk-form, which belongs to OPTIONS, is refused for GET.

    It names no resource that could be got.
    """
    refused(exchange)


@check(
    "options-asterisk-not-aliased",
    requires=rfc9110.OPTIONS_ASTERISK,
    send=with_target(b"*", b"OPTIONS"),
    control=PLAIN,
)
def options_asterisk_not_aliased(exchange: HttpExchange) -> None:
    """OPTIONS * does not pass for a request for some resource, and does no harm.

    It asks about the server as a whole. As "/*" it asks the application about a resource that may
    exist.
    """
    if exchange.app.called:
        path = environ_of(exchange).get("PATH_INFO")
        expect(path in ("", "*"), "PATH_INFO of OPTIONS *", want="empty, or *", got=path)
        return
    status = exchange.response.status if exchange.response else 0
    expect(200 <= status < 500 or status == 501, "answer to OPTIONS *", want="2xx, or a refusal", got=status)


@check(
    "origin-form-split-at-first-question-mark",
    requires=rfc9112.ORIGIN_FORM,
    send=with_target(b"/p?x=/?y"),
)
def origin_form_split_at_first_question_mark(exchange: HttpExchange) -> None:
    """Path and query are split at the first question mark.

    A query may hold further question marks and slashes; they are no part of the path.
    """
    environ = environ_of(exchange)
    expect(environ.get("PATH_INFO") == "/p", "PATH_INFO", want="/p", got=environ.get("PATH_INFO"))
    expect(
        environ.get("QUERY_STRING") == "x=/?y", "QUERY_STRING", want="x=/?y", got=environ.get("QUERY_STRING")
    )


@check(
    "request-line-of-8000-octets-served",
    requires=rfc9112.REQUEST_LINE_8000,
    send=with_target(LINE_8000),
    control=PLAIN,
)
def request_line_of_8000_octets_served(exchange: HttpExchange) -> None:
    """A request-line of 8000 octets is served.

    Long queries of search forms and signed links need it; where they break, nobody finds out why.
    """
    if not exchange.app.called:
        got = exchange.response.status if exchange.response else "a closed connection"
        expect(False, "a request-line of 8000 octets", want="a call of the application", got=got)
    got = len(environ_of(exchange).get("PATH_INFO"))
    expect(got == len(LINE_8000), "length of PATH_INFO", want=len(LINE_8000), got=got)


@check(
    "target-of-64k-never-cut",
    requires=rfc9112.TARGET_TOO_LONG,
    send=with_target(TARGET_64K),
    control=PLAIN,
)
def target_of_64k_never_cut(exchange: HttpExchange) -> None:
    """A target of 65536 octets is refused, or reaches the application whole.

    A buffer that keeps the beginning calls the application for another resource.
    """
    if not exchange.app.called:
        refused(exchange)
        return
    got = len(environ_of(exchange).get("PATH_INFO"))
    expect(got == len(TARGET_64K), "length of PATH_INFO", want=len(TARGET_64K), got=got)


@check(
    "target-too-long-answered-414",
    requires=rfc9112.TARGET_TOO_LONG,
    send=with_target(TARGET_64K),
    control=PLAIN,
    tempered="400 or 431 are the common answers to anything too long",
)
def target_too_long_answered_414(exchange: HttpExchange) -> None:
    """A target longer than the server will read is answered with 414.

    The client can shorten a URI, or use POST, when it is told that this is the trouble.
    """
    if exchange.app.called:
        inapplicable("the server takes a target of 65536 octets")
    got = response_of(exchange).status
    expect(got == 414, "answer to a target of 65536 octets", want=414, got=got)


@check(
    "target-with-backslash-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/a\\b"),
    control=PLAIN,
    tempered="browsers send it as it is in a query, and nearly every server takes it",
)
def target_with_backslash_refused(exchange: HttpExchange) -> None:
    """A target with a backslash is refused.

    No URI has one. What one recipient turns into a slash and another does not, leads out of a folder.
    """
    refused(exchange)


@check(
    "asterisk-form-is-the-asterisk-alone",
    requires=(rfc9112.REQUEST_LINE_INVALID, rfc9112.ASTERISK_FORM),
    send=with_target(b"*seen", b"OPTIONS"),
    control=with_target(b"/", b"OPTIONS"),
)
def asterisk_form_is_the_asterisk_alone(exchange: HttpExchange) -> None:
    """An asterisk with anything behind it is not taken for the asterisk-form.

    It is none of the forms of a target, and to be refused; cut off, it asks about the whole server.
    """
    if exchange.app.called:
        got = environ_of(exchange).get("PATH_INFO")
        expect("seen" in got, "PATH_INFO of *seen", want="a refusal", got=got)
        return  # handed over whole: target-without-slash-refused fails for it
    refused(exchange)


@check(
    "target-with-url-inside-served",
    requires=rfc9112.ORIGIN_FORM,
    send=with_target(b"/to/http://one.example/p?http://two.example/&who=@me:1"),
    control=PLAIN,
)
def target_with_url_inside_served(exchange: HttpExchange) -> None:
    """A target that begins with a slash is in origin-form, whatever URLs stand in its path and query.

    Archives, proxies and logins have such targets; "://" in them makes no absolute-form.
    """
    got = exchange.response.status if exchange.response else "a closed connection"
    if isinstance(got, int) and 300 <= got < 400 and not exchange.app.called:
        inapplicable("the server redirects to a path without empty segments")
    expect(exchange.app.called, "a URL within a target", want="a call", got=got)
    query = environ_of(exchange).get("QUERY_STRING")
    expect(query == "http://two.example/&who=@me:1", "QUERY_STRING", want="http://two...", got=query)


def _answered(exchange: HttpExchange) -> None:
    """Expect any answer but an error of the server's own."""
    status = exchange.response.status if exchange.response else 0
    expect(0 < status < 500, "answer to the request", want="200 or 400", got=status or "nothing")


@check(
    "target-with-incomplete-percent-encoding-answered",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/100%"),
    control=PLAIN,
)
def target_with_incomplete_percent_encoding_answered(exchange: HttpExchange) -> None:
    """A target that ends in a percent sign is answered, by the application or with 400.

    It is what a user types. A decoder that looks for two digits behind it finds none, and its error is not
    the client's to wait for.
    """
    _answered(exchange)


@check(
    "target-with-percent-and-no-digits-answered",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/a%zzb?c=%"),
    control=PLAIN,
)
def target_with_percent_and_no_digits_answered(exchange: HttpExchange) -> None:
    """A target with a percent sign before what are no digits is answered, by the application or with 400.

    See ``target-with-incomplete-percent-encoding-answered``.
    """
    _answered(exchange)


def _served(exchange: HttpExchange, what: str) -> None:
    """Expect a call for a target that the grammar allows.

    A redirect to another form of it is fair, and so is to object to it (RFC 3875 4.1.5: "MAY reject the
    request with an error"), by 403 or 404; to call it malformed is not.
    """
    status = exchange.response.status if exchange.response else 0
    if (300 <= status < 400 or status in (403, 404)) and not exchange.app.called:
        inapplicable(f"the server answers {status} to this target, which it may")
    expect_called(exchange, what)


@check(
    "path-of-all-characters-served",
    requires=rfc9112.ORIGIN_FORM,
    send=with_target(b"/-._~!$&'()*+,;=:@/09AZaz%4A%4a"),
    control=PLAIN,
)
def path_of_all_characters_served(exchange: HttpExchange) -> None:
    """A path may hold every character that a segment may have by the grammar of URIs.

    A list of good characters in which one is missing refuses what browsers send as it is: users behind
    "/~", matrix parameters behind ";", coordinates with ",".
    """
    _served(exchange, "a path of all the characters of a segment")


@check(
    "query-of-all-characters-served",
    requires=rfc9112.ORIGIN_FORM,
    send=with_target(b"/p?-._~!$&'()*+,;=:@/?09AZaz%4A%4a"),
    control=PLAIN,
)
def query_of_all_characters_served(exchange: HttpExchange) -> None:
    """A query may hold every character of a path, and "?" besides.

    See ``path-of-all-characters-served``. An address that is handed on as a parameter brings its own "?".
    """
    _served(exchange, "a query of all the characters that it may have")


@check(
    "query-with-fragment-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/p?a#b"),
    control=PLAIN,
    tempered="most servers take it for a part of the query, or drop it",
)
def query_with_fragment_refused(exchange: HttpExchange) -> None:
    """A target with a fragment behind its query is refused.

    See ``target-with-fragment-refused``; path and query are often looked at by different code.
    """
    refused(exchange)


@check(
    "query-with-control-character-refused",
    requires=rfc9112.REQUEST_LINE_INVALID,
    send=with_target(b"/p?a\x01b"),
    control=PLAIN,
)
def query_with_control_character_refused(exchange: HttpExchange) -> None:
    """A query with a control character is refused.

    A query ends up in logs and terminals as it is. See ``target-with-control-character-refused``.
    """
    refused(exchange)


@check(
    "path-of-encoded-characters-served",
    requires=rfc9112.ORIGIN_FORM,
    send=with_target(b"/a%20b/%C3%A9%e2%82%ac/%22%3C%3E%5B%5D%5E%60%7B%7C%7D"),
    control=PLAIN,
)
def path_of_encoded_characters_served(exchange: HttpExchange) -> None:
    """A path may hold encoded spaces, letters beyond US-ASCII, and what no URI may hold unencoded.

    This is how names of files and of people come. See ``path-of-all-characters-served``.
    """
    _served(exchange, "a path with encoded characters")


@check(
    "target-with-empty-query-served",
    requires=rfc9112.ORIGIN_FORM,
    send=with_target(b"/p?"),
    control=PLAIN,
)
def target_with_empty_query_served(exchange: HttpExchange) -> None:
    """A target may end with its question mark.

    A form without fields is sent so. See ``path-of-all-characters-served``.
    """
    _served(exchange, "a target with an empty query")
