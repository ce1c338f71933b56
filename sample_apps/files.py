"""A stretch of an open file as a response body."""

from typing import IO, Iterable, Iterator

from sample_apps.environ import BLOCK_SIZE, Environ


class FilePart:
    """The next ``length`` octets of a file, block by block; closing it closes the file."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self.file = file
        self.remaining = length

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        block = self.file.read(min(BLOCK_SIZE, self.remaining))
        if not block:
            raise StopIteration
        self.remaining -= len(block)
        return block

    def close(self) -> None:
        """Close the file; the server calls this, however the response ended."""
        self.file.close()


def rest_of(environ: Environ, file: IO[bytes], length: int) -> Iterable[bytes]:
    """Return the rest of a file, from its position to its end, the fastest way the server offers."""
    wrapper = environ.get("wsgi.file_wrapper")
    if wrapper is None:
        return FilePart(file, length)
    wrapped: Iterable[bytes] = wrapper(file, BLOCK_SIZE)
    return wrapped
