"""The reference server, assembled.

Each layer calls only those below it, in the order in which a request meets them:

    Prefork             processes
    Listening           threads, and the graceful stop
    Endpoint            listening sockets, TLS
    ConnectionServing   one request after the other
    AccessLogging       a line for each answer
    Invocation          calling, iterating and closing the application; its errors
    FileSending         sendfile()
    Response            blocks, chunks, Content-Length
    ResponseHead        status line, headers, framing, persistence
    StartResponse       ResponseChecks
    EnvironMaking       CgiVariables
    FileWrapping        ErrorWriting, InputReading: the objects inside environ
    Spooling            content taken in beforehand
    RequestBodyReading  BodyFraming
    RequestHead         Target, Fields
    Wire                octets
    Base                configuration, limits, log
"""

from .prefork import Prefork


class ReferenceServer(Prefork):
    """A correct WSGI server; override a method to get an incorrect one."""
