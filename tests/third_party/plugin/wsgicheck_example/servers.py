"""Two servers: one that introduces itself, and one that does not."""

from wsgicheck.testing import Profile

_WSGIREF = (
    "{python} -c 'from wsgiref.simple_server import ServerHandler, make_server;"
    " from {module} import {callable} as application;"
    " %s"
    ' make_server("{host}", {port}, application).serve_forever()\''
)

PROFILES = [
    Profile("example-polite", _WSGIREF % "", (), "Says who it is.", "development"),
    Profile(
        "example-shy", _WSGIREF % "ServerHandler.server_software = None;", (), "Does not.", "development"
    ),
]
