"""The reference server, assembled.

Each layer calls only those below it, in the order in which a request meets them:

    Listening           sockets and threads
    ConnectionServing   one request after the other
    Invocation          calling, iterating and closing the application; its errors
    Response            blocks, chunks, Content-Length
    ResponseHead        status line, headers, framing, persistence
    StartResponse       ResponseChecks
    EnvironMaking       CgiVariables
    FileWrapping        ErrorWriting, InputReading: the objects inside environ
    RequestBodyReading  BodyFraming
    RequestHead         Target, Fields
    Wire                octets
    Base                configuration, limits, log
"""

from .listening import Listening


class ReferenceServer(Listening):
    """A correct WSGI server; override a method to get an incorrect one."""
