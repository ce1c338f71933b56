"""No way out of a folder of files: what the server makes of a path must not change what it names.

The sample application takes PATH_INFO as it stands, once decoded, and refuses every segment that could lead
elsewhere. A server may tidy dots and slashes, and refuse such a path by itself (4xx) or redirect to a tidy
one. Each check has a plain picture as its control.
"""

from __future__ import annotations

from ...authoring import Exchange, Visit, check, expect, inconclusive, response_of
from ...authoring.sample_sites import DOT_GIF, SITE
from ...spec import pep3333

PICTURE = Visit(target="/pictures/octets.png")


def not_served(exchange: Exchange) -> None:
    """Judge a path that names no file below the folder: refused by the application or the server."""
    response = response_of(exchange)
    if not exchange.app.called and response.status >= 500:
        inconclusive(f"the server answered {response.status} by itself")
    expect(
        300 <= response.status < 500,
        f"the answer to {exchange.target}, which names no file",
        want="404, or another refusal",
        got=f"{response.status} {response.content[:40]!r}",
    )


def is_tidied(exchange: Exchange, octets: bytes) -> None:
    """Judge a path that a server may tidy: refused, redirected, or the file that the tidy path names."""
    response = response_of(exchange)
    if response.status == 200:
        same = response.content == octets
        expect(same, f"the file at {exchange.target}", want=octets, got=response.content)
    else:
        expect(
            300 <= response.status < 500,
            f"the answer to {exchange.target}",
            want="the file, or a refusal",
            got=response.status,
        )


@check(
    "dot-segments-stay-in-folder",
    requires=pep3333.PATH_INFO,
    send=Visit(target="/pictures/../static_files.py"),
    control=PICTURE,
    play=SITE,
)
def dot_segments_stay_in_folder(exchange: Exchange) -> None:
    """A path with ``..`` does not lead out of the folder.

    Source texts and secrets lie one step up.
    """
    not_served(exchange)


@check(
    "encoded-dot-segments-stay-in-folder",
    requires=pep3333.PATH_INFO,
    send=Visit(target="/pictures/%2e%2E/static_files.py"),
    control=PICTURE,
    play=SITE,
)
def encoded_dot_segments_stay_in_folder(exchange: Exchange) -> None:
    """A path whose ``..`` is percent-encoded does not lead out of the folder.

    Where a server tidies the path before it decodes it, the dots come through.
    """
    not_served(exchange)


@check(
    "encoded-slash-stays-in-folder",
    requires=pep3333.PATH_INFO,
    send=Visit(target="/pictures/small%2F..%2f..%2Fstatic_files.py"),
    control=PICTURE,
    play=SITE,
)
def encoded_slash_stays_in_folder(exchange: Exchange) -> None:
    """A path whose slashes are percent-encoded does not lead out of the folder.

    Decoded, they are slashes again, and the dots between them segments.
    """
    not_served(exchange)


@check(
    "absolute-path-stays-in-folder",
    requires=pep3333.PATH_INFO,
    send=Visit(target="/pictures/%2Fetc/passwd"),
    control=PICTURE,
    play=SITE,
)
def absolute_path_stays_in_folder(exchange: Exchange) -> None:
    """A path with an absolute path in it does not lead out of the folder.

    Joined to a folder's name, an absolute path replaces it.
    """
    not_served(exchange)


@check(
    "backslash-is-no-separator",
    requires=(pep3333.PATH_INFO, pep3333.URL_PATH_DECODED),
    send=Visit(target="/pictures/small%5Cdot.gif"),
    control=PICTURE,
    play=SITE,
)
def backslash_is_no_separator(exchange: Exchange) -> None:
    """A backslash in a path is a character of a name, and no slash.

    A server that makes a slash of it makes segments that nobody checked.
    """
    not_served(exchange)


@check(
    "nul-does-not-end-path",
    requires=(pep3333.PATH_INFO, pep3333.URL_PATH_DECODED),
    send=Visit(target="/pictures/octets.png%00.txt"),
    control=PICTURE,
    play=SITE,
)
def nul_does_not_end_path(exchange: Exchange) -> None:
    """NUL does not end a path: what stands behind it belongs to the name.

    The application permits the name by its end and opens the file by its beginning.
    """
    not_served(exchange)


@check(
    "picture-name-decoded-once",
    requires=(pep3333.URL_PATH_DECODED, pep3333.PATH_INFO),
    send=Visit(target="/pictures/octets%252epng"),
    control=PICTURE,
    play=SITE,
)
def picture_name_decoded_once(exchange: Exchange) -> None:
    """A path is decoded once: an encoded percent sign stays one.

    Decoded twice, ``%252e%252e`` slips past every filter in front of the server.
    """
    not_served(exchange)


@check(
    "encoded-slash-served-or-refused",
    requires=pep3333.PATH_INFO,
    send=Visit(target="/pictures/small%2Fdot.gif"),
    control=PICTURE,
    play=SITE,
)
def encoded_slash_served_or_refused(exchange: Exchange) -> None:
    """An encoded slash is decoded, kept or refused; whatever comes of it is this picture or none.

    The CGI specification lets a server refuse it.
    """
    is_tidied(exchange, DOT_GIF)


@check(
    "empty-segment-served-or-refused",
    requires=pep3333.PATH_INFO,
    send=Visit(target="/pictures/./small//dot.gif"),
    control=PICTURE,
    play=SITE,
)
def empty_segment_served_or_refused(exchange: Exchange) -> None:
    """A path with an empty segment and a dot is tidied or refused; what comes of it is this picture or none.

    It never is an error of the server.
    """
    is_tidied(exchange, DOT_GIF)
