"""What can go wrong, sorted by whose fault it is."""

from http import HTTPStatus


class RequestRejected(Exception):
    """The client broke HTTP: the request never reaches the application."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class BadRequest(RequestRejected):
    """RFC 9112, 2.2: what does not match the grammar is answered with 400."""

    def __init__(self, detail: str) -> None:
        super().__init__(HTTPStatus.BAD_REQUEST, detail)


class BrokenRequestBody(OSError):
    """The client broke HTTP while the application was reading ``wsgi.input``.

    An OSError, because that is what an application expects from a file that fails under its hands.
    """

    def __init__(self, detail: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(detail)
        self.status = status


class ClientGone(OSError):
    """Nobody is there to read the response any more; nobody is at fault."""


class ApplicationFault(Exception):
    """The application broke PEP 3333 in a way that no exception of its own tells."""
