"""A WSGI server that keeps every server-side duty of PEP 3333, RFC 9110 and RFC 9112.

It is the witness of the suite: read it with the texts open beside it.
The parts are cut short so that a subclass can break exactly one duty; README.md lists the joints.
"""

from .server import ReferenceServer

__all__ = ["ReferenceServer"]
