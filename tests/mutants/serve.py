"""Serves a mutant of the reference server: ``serve.py MODULE:CLASS module:app --host H --port P``."""

import sys
from os.path import abspath, dirname

# The folder of this script has a package called http, which must not hide the standard library's.
sys.path[0] = dirname(dirname(dirname(abspath(__file__))))


def serve(arguments: list[str]) -> None:
    """Run the reference server's command line with the class named first."""
    import importlib

    from reference_server.cli import main

    module, _, name = arguments[0].partition(":")
    main(arguments[1:], server_class=getattr(importlib.import_module(module), name))


if __name__ == "__main__":
    serve(sys.argv[1:])
