"""WSGI applications as people write them: what an ordinary client sees of a server.

Each module shows one thing and exposes ``application``; ``site`` mounts them all.
Only the standard library is imported and the syntax is that of Python 3.6,
because these modules also run inside the interpreter of a server under test.
"""
