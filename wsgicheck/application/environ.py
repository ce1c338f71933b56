"""What the server owes in the environ, as far as it can be judged from beside the application."""

from __future__ import annotations

import re
from typing import Any

from ..model.law import Requirement
from ..model.violation import Side
from ..spec import pep3333 as law
from ..spec.rfc3875 import META_VARIABLES
from .invocation import shown
from .witness import Witness

REQUIRED = {
    "REQUEST_METHOD": law.CGI_VARIABLES_PRESENT,
    "SERVER_NAME": law.SERVER_NAME,
    "SERVER_PORT": law.SERVER_NAME,
    "wsgi.version": law.WSGI_VARIABLES,
    "wsgi.url_scheme": law.WSGI_VARIABLES,
    "wsgi.input": law.WSGI_VARIABLES,
    "wsgi.errors": law.WSGI_VARIABLES,
    "wsgi.multithread": law.WSGI_VARIABLES,
    "wsgi.multiprocess": law.WSGI_VARIABLES,
    "wsgi.run_once": law.WSGI_VARIABLES,
}
STREAMS = {
    "wsgi.input": {
        "read": law.INPUT_READ,
        "readline": law.INPUT_READLINE,
        "readlines": law.INPUT_READLINES,
        "__iter__": law.INPUT_ITER,
    },
    "wsgi.errors": {
        "flush": law.ERRORS_FLUSH,
        "write": law.ERRORS_WRITE,
        "writelines": law.ERRORS_WRITELINES,
    },
}


def is_cgi(name: object) -> bool:
    """Return whether a key of the environ is a variable of CGI."""
    return isinstance(name, str) and (name in META_VARIABLES or name.startswith("HTTP_"))


def judge_environ(environ: Any, witness: Witness) -> bool:
    """Judge an environ; return whether it is a dictionary, which all else needs."""

    def broken(requirement: Requirement, message: str) -> None:
        witness.record(requirement, message, Side.SERVER)

    if type(environ) is not dict:
        broken(law.ENVIRON_BUILTIN_DICT, f"the environ is {shown(environ)}; want a dict, no subclass")
    if not isinstance(environ, dict):
        return False
    for name, requirement in REQUIRED.items():
        if name not in environ:
            broken(requirement, f"the environ has no {name!r}")
    for name, value in environ.items():
        if is_cgi(name) and type(value) is not str:
            broken(law.CGI_VARIABLES_STR, f"{name} is {shown(value)}; want a str, or no such key")
    version = environ.get("wsgi.version", (1, 0))
    if type(version) is not tuple:
        broken(law.WSGI_VERSION, f"wsgi.version is {shown(version)}; want the tuple (1, 0)")
    scheme = environ.get("wsgi.url_scheme", "http")
    if type(scheme) is not str:
        broken(law.WSGI_URL_SCHEME, f"wsgi.url_scheme is {shown(scheme)}; want a str")
    length = environ.get("CONTENT_LENGTH", "")
    if type(length) is str and not re.fullmatch(r"[0-9]*", length, re.ASCII):
        broken(law.CONTENT_LENGTH, f"CONTENT_LENGTH is {length!r}; want digits, nothing, or no such key")
    for stream, methods in STREAMS.items():
        for method, requirement in methods.items():
            if stream in environ and not hasattr(environ[stream], method):
                broken(requirement, f"{stream} is {shown(environ[stream])}, which has no {method}")
    return True


def content_length(environ: dict[str, Any]) -> int | None:
    """Return how many bytes of content the environ promises, None where it does not say."""
    length = environ.get("CONTENT_LENGTH")
    return int(length) if isinstance(length, str) and re.fullmatch(r"[0-9]+", length, re.ASCII) else None
