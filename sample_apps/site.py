"""The whole site: every sample mounted below a prefix of its own, the router at the root."""

from typing import Dict, Iterable

from sample_apps import (
    closing,
    cookies,
    download,
    echo,
    failing,
    hello,
    router,
    static_files,
    streaming,
    upload,
    writing,
)
from sample_apps.environ import Application, Environ, StartResponse
from sample_apps.serving import main


class Mounts:
    """An application that hands each request on by the first segment of its path.

    The segment moves from PATH_INFO to SCRIPT_NAME, so that what is mounted sees a path of its own
    and the two together are still the path that the client asked for.
    """

    def __init__(self, root: Application, mounted: Dict[str, Application]) -> None:
        self.root = root
        self.mounted = mounted

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Hand the request to what is mounted at its first segment, or to the root."""
        before, slash, path = environ.get("PATH_INFO", "").partition("/")
        name, slash_after, rest = path.partition("/")
        if before or not slash or name not in self.mounted:
            return self.root(environ, start_response)
        inner = dict(environ)
        inner["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/" + name
        inner["PATH_INFO"] = slash_after + rest
        return self.mounted[name](inner, start_response)


application = Mounts(
    router.application,
    {
        "closing": closing.application,
        "cookies": cookies.application,
        "download": download.application,
        "echo": echo.application,
        "failing": failing.application,
        "pictures": static_files.application,
        "plain": hello.application,
        "stream": streaming.application,
        "upload": upload.application,
        "writing": writing.application,
    },
)


if __name__ == "__main__":
    main(application)
