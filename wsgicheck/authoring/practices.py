"""Accepted practices that several topics know: what a check is ``tempered`` by weighs one step less.

Outside the profile ``edge``, that is. A practice of one topic alone is told there.
"""

from __future__ import annotations

APPLICATION_ERRS = "the error is the application's, and many servers pass it on"
HARDLY_ANY_PIPELINES = "hardly any client pipelines, and some servers do not expect it"
KNOWS_ITS_NAMES = "a server may know its own names and refuse all others"
MAY_END_WORKER = "an error outside the class Exception may be meant to end the worker"
NO_INTERIM_IN_WSGI = "PEP 3333 has no interim responses, so it is the application that errs first"
PROXY_DATES = "servers leave it to the proxy in front of them"
PROXY_REFUSES = "a proxy that refuses it usually stands in front"
READS_MAY_BE_SHORT = (
    "unbuffered streams of the library return less as well, and a careful application reads on"
)
TEXT_LEFT_OPEN = "the PEP leaves open what happens to an application that yields text"
