"""``wsgi.file_wrapper``: PEP 3333, Optional Platform-Specific File Handling."""

from __future__ import annotations

from typing import Any

from .error_stream import ErrorWriting


class FileWrapper:
    """An iterable over a file-like object of which nothing but ``read()`` is required.

    It remembers the file and nothing else, so "transmission should begin at the current position
    within the "file" at the time that transmission begins" needs no care: late seeks are honoured.
    """

    def __init__(self, server: FileWrapping, filelike: Any, block_size: int) -> None:
        self._server = server
        self.filelike = filelike
        self.block_size = block_size

    def __iter__(self) -> FileWrapper:
        return self

    def __next__(self) -> bytes:
        block = self._server.read_file_block(self)
        if not block:
            raise StopIteration
        return block

    def close(self) -> None:
        """Close the file, if it can be closed."""
        self._server.close_file(self)


class FileWrapping(ErrorWriting):
    """Reading is all that is done here: what the kernel may send of a file is told in ``file_sending.py``."""

    FILE_BLOCK = 65_536

    def file_wrapper(self, filelike: Any, block_size: int = 0, /) -> Any:
        """Wrap; it "**must not** perform any data transmission until" the wrapper is returned.

        The block size is only a suggestion; without a sensible one, ours is taken.
        """
        return FileWrapper(self, filelike, block_size if block_size > 0 else self.FILE_BLOCK)

    def read_file_block(self, wrapper: FileWrapper) -> bytes:
        """The same as "``iter(filelike.read, '')``" of the PEP, with the sentinel that Python 3 needs."""
        block: bytes = wrapper.filelike.read(wrapper.block_size)
        return block

    def close_file(self, wrapper: FileWrapper) -> None:
        """If the file has ``close()``, the wrapper's ``close()`` must call it."""
        close = getattr(wrapper.filelike, "close", None)
        if close is not None:
            close()
