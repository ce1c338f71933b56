"""Mutants of ``wsgi.errors``."""

from __future__ import annotations

from typing import Any

from reference_server import ReferenceServer
from reference_server.error_stream import ErrorStream


class _Errors(ReferenceServer):
    """The ground of the others: the error stream is an object of a class of theirs."""

    stream: Any = ErrorStream

    def make_errors(self, transaction: Any) -> Any:
        return self.stream(self)


class _RefusesEmptyText(ErrorStream):
    def write(self, text: str, /) -> int:
        if not text:
            raise ValueError("nothing to write")
        return super().write(text)


class RefusesEmptyText(_Errors):
    """write() of an empty string is an error."""

    kills = {"errors-write-supported": "wsgi.errors.write(): want no error, got ValueError"}
    stream = _RefusesEmptyText


class _Formats(ErrorStream):
    def write(self, text: str, /) -> int:
        return super().write(text % ())


class FormatsText(_Errors):
    """The text goes to a logger as its format."""

    kills = {"errors-write-supported": "wsgi.errors.write(): want no error, got"}
    stream = _Formats


class _JoinsLists(ErrorStream):
    def writelines(self, lines: Any, /) -> None:
        super().writelines(lines.copy())


class TakesListsAlone(_Errors):
    """A sequence is a list."""

    kills = {
        "errors-writelines-of-iterator-supported": "wsgi.errors.writelines()",
        "errors-writelines-supported": "wsgi.errors.writelines(): want no error, got AttributeError",
    }
    stream = _JoinsLists


class _WithoutFlush:
    def __init__(self, server: Any) -> None:
        stream = ErrorStream(server)
        self.write, self.writelines = stream.write, stream.writelines


class HasNoFlush(_Errors):
    """Nothing is buffered, so there is no flush()."""

    kills = {
        "errors-flush-supported": "wsgi.errors.flush: want a method, got missing",
        "wsgi-errors-has-methods": "methods that wsgi.errors lacks: want none, got flush",
    }
    stream = _WithoutFlush


class _WithoutWritelines:
    def __init__(self, server: Any) -> None:
        stream = ErrorStream(server)
        self.write, self.flush = stream.write, stream.flush


class HasNoWritelines(_Errors):
    """The wrapper of the log has write() and flush()."""

    kills = {
        "errors-writelines-supported": "wsgi.errors.writelines: want a method, got missing",
        "wsgi-errors-has-methods": "methods that wsgi.errors lacks: want none, got writelines",
    }
    stream = _WithoutWritelines


class _Buffering(ErrorStream):
    def write(self, text: str, /) -> int:
        return len(text) if text.startswith("wsgicheck-4f") else super().write(text)


class LosesText(_Errors):
    """The first text goes nowhere."""

    kills = {
        "errors-text-recorded": "the server's output: want wsgicheck-4f1c07 was written, got nothing of it"
    }
    stream = _Buffering


class _OnOneLine(ErrorStream):
    def write(self, text: str, /) -> int:
        return super().write(text.replace("\n", " | ") + "\n") if text else 0


class KeepsOneLine(_Errors):
    """A record is a line: line feeds are shown as bars."""

    kills = {"errors-newlines-end-lines": "between the two lines: want a line ending, got ' | '"}
    stream = _OnOneLine


class _WritesAllButTheLast(ErrorStream):
    def writelines(self, lines: Any, /) -> None:
        super().writelines(list(lines)[:-1])


class LosesTheLastLine(_Errors):
    """writelines() keeps the last line, in case that it goes on."""

    kills = {"errors-writelines-recorded": "the server's output: want"}
    stream = _WritesAllButTheLast


class _EndsEachLine(ErrorStream):
    def writelines(self, lines: Any, /) -> None:
        for line in lines:
            self.write(line if line.endswith("\n") else line + "\n")


class EndsEachLine(_Errors):
    """writelines() ends each string as a line."""

    kills = {
        "errors-writelines-adds-nothing": "between two strings of writelines(): want nothing, got a line ending"
    }
    stream = _EndsEachLine


class _Encodes(ErrorStream):
    encoding = "latin-1"

    def write(self, text: str, /) -> int:
        text.encode(self.encoding)
        return super().write(text)


class LogsLatin1(_Errors):
    """The log is encoded in Latin-1."""

    kills = {
        "errors-any-script-accepted": "text of several scripts: want accepted, got UnicodeEncodeError",
        "errors-lone-surrogate-accepted": "a lone surrogate: want accepted, got UnicodeEncodeError",
    }
    stream = _Encodes


class _EncodesUtf8(_Encodes):
    encoding = "utf-8"


class LogsStrictUtf8(_Errors):
    """The log is encoded in UTF-8, strictly."""

    kills = {"errors-lone-surrogate-accepted": "a lone surrogate: want accepted, got UnicodeEncodeError"}
    stream = _EncodesUtf8


class _DropsTheRest(ErrorStream):
    def write(self, text: str, /) -> int:
        return super().write(text if text.isascii() else text.partition(" ")[0] + "\n")


class CutsTextAtTheFirstLetter(_Errors):
    """What cannot be encoded ends the line."""

    kills = {"errors-any-script-recorded": "the server's output: want"}
    stream = _DropsTheRest


class _Closable(ErrorStream):
    __slots__ = ("closed",)

    def __init__(self, server: Any) -> None:
        super().__init__(server)
        self.closed = False

    def write(self, text: str, /) -> int:
        if self.closed:
            raise ValueError("I/O operation on closed file")
        return super().write(text)


class ClosesErrorsAtReturn(_Errors):
    """The error stream is closed when the application has returned."""

    kills = {
        "errors-usable-while-iterated": "wsgi.errors.write() in iteration: want no error, got ValueError",
        "errors-usable-in-close": "wsgi.errors.write() in close: want no error, got ValueError",
    }
    stream = _Closable

    def make_iterator(self, transaction: Any) -> Any:
        errors = transaction.environ.get("wsgi.errors")
        if isinstance(errors, _Closable):
            errors.closed = True
        return super().make_iterator(transaction)


class ClosesErrorsBeforeClose(_Errors):
    """The error stream is closed when the response has been sent."""

    kills = {"errors-usable-in-close": "wsgi.errors.write() in close: want no error, got ValueError"}
    stream = _Closable

    def close_iterable(self, transaction: Any) -> None:
        errors = transaction.environ.get("wsgi.errors")
        if isinstance(errors, _Closable):
            errors.closed = True
        super().close_iterable(transaction)


class CutsLongTexts(ReferenceServer):
    """A record of its log has 32 KB at most."""

    kills = {"errors-long-text-recorded": "the end of a long text: want wsgicheck-2c9f71, got"}

    def write_error(self, text: str) -> None:
        super().write_error(text[:32_768] + "\n" if len(text) > 32_768 else text)


class AsksForTheNumberOfLines(ReferenceServer):
    """Lines are counted before they are written."""

    kills = {
        "errors-writelines-of-iterator-supported": "wsgi.errors.writelines(): want no error, got TypeError"
    }

    def make_errors(self, transaction: Any) -> Any:
        return _Counting(super().make_errors(transaction))


class _Counting:
    """A stream that takes sequences alone."""

    def __init__(self, stream: Any) -> None:
        self.write, self.flush, self._stream = stream.write, stream.flush, stream

    def writelines(self, lines: Any) -> None:
        for at in range(len(lines)):
            self._stream.write(lines[at])


class _Strips(ErrorStream):
    def write(self, text: str, /) -> int:
        return super().write(text[:-1] if text.endswith("was written\n") else text)


class StripsLines(_Errors):
    """The log ends its records itself, or so it thinks."""

    kills = {
        "errors-line-end-of-each-write-kept": "between two texts that end in a line feed: want a line endi"
    }
    stream = _Strips
