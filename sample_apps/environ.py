"""What was asked: reading the environ with the care that PEP 3333 asks for.

The strings of an environ hold octets, one a character (latin-1), and those that
would be empty may be missing altogether.
"""

import re
from typing import Any, Callable, Dict, Iterable, Iterator, List
from urllib.parse import unquote

Environ = Dict[str, Any]
StartResponse = Callable[..., Callable[[bytes], Any]]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

BLOCK_SIZE = 65536


class BadLength(ValueError):
    """CONTENT_LENGTH is not a number."""


class LengthRequired(ValueError):
    """There is a body, and no way to know where it ends."""


def text_of(native: str) -> str:
    """Turn a native string of the environ (octets as latin-1) into the text that was meant (UTF-8)."""
    return native.encode("latin-1").decode("utf-8", "replace")


def method_of(environ: Environ) -> str:
    """Return the method of the request."""
    return str(environ["REQUEST_METHOD"])


def path_of(environ: Environ) -> str:
    """Return the path below the mount point, as text."""
    return text_of(environ.get("PATH_INFO", ""))


def whole_path_of(environ: Environ) -> str:
    """Return the path as the client asked for it, mount point included, as text."""
    return text_of(environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""))


def fields_of(encoded: str) -> Dict[str, List[str]]:
    """Parse ``a=1&a=2`` into ``{"a": ["1", "2"]}``; blank values and bare keys are kept.

    ``urllib.parse.parse_qs`` would do, had it not changed its mind about ``;`` between versions.
    """
    fields: Dict[str, List[str]] = {}
    for pair in encoded.split("&"):
        if pair:
            key, _, value = pair.replace("+", " ").partition("=")
            fields.setdefault(unquote(key), []).append(unquote(value))
    return fields


def query_of(environ: Environ) -> Dict[str, List[str]]:
    """Return the fields of the query."""
    return fields_of(text_of(environ.get("QUERY_STRING", "")))


def body_blocks(environ: Environ) -> Iterator[bytes]:
    """Return the request body, block by block: never past its end, where some servers would wait for ever.

    The faults of the length are raised at once, not at the first block.
    """
    announced = environ.get("CONTENT_LENGTH", "")
    if announced:
        if not re.match(r"[0-9]{1,18}\Z", announced):
            raise BadLength(announced)
        return _blocks_up_to(environ["wsgi.input"], int(announced))
    if environ.get("wsgi.input_terminated"):
        return _blocks_to_the_end(environ["wsgi.input"])
    if environ.get("HTTP_TRANSFER_ENCODING"):
        raise LengthRequired()
    return iter(())


def _blocks_up_to(stream: Any, remaining: int) -> Iterator[bytes]:
    while remaining > 0:
        block = stream.read(min(BLOCK_SIZE, remaining))
        if not block:
            return
        remaining -= len(block)
        yield block


def _blocks_to_the_end(stream: Any) -> Iterator[bytes]:
    while True:
        block = stream.read(BLOCK_SIZE)
        if not block:
            return
        yield block
