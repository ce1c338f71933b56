"""Mutants that let pass one error in a header."""

from __future__ import annotations

import re
from typing import Any

from reference_server import ReferenceServer


class Lenient(ReferenceServer):
    """Base of those that do not look at headers of one kind; what reaches the wire is mended elsewhere."""

    def accepts(self, name: str, value: str) -> bool:
        """Return whether this one is not looked at."""
        raise NotImplementedError

    def check_header_name(self, name: str) -> None:
        if not self.accepts(name, ""):
            super().check_header_name(name)

    def check_header_value(self, name: str, value: str) -> None:
        if not self.accepts(name, value):
            super().check_header_value(name, value)

    def format_header(self, name: str, value: str) -> str:
        name = re.sub(r"[\x00-\x1f\x7f: ]", "-", name) or "X-Nameless"
        return super().format_header(name, re.sub(r"[\x00-\x1f\x7f]", " ", value))


class LetsLineEndsPass(Lenient):
    """A line end in a value is mended when it is sent."""

    kills = {
        "header-value-folded-raises": "start_response() with a folded value: want an error, got returned",
        "header-value-with-crlf-raises": "start_response() with CR LF in a value: want an error, got r",
    }

    def accepts(self, name: str, value: str) -> bool:
        return "\r\n" in value


class LetsFoldedPass(Lenient):
    """A line end is one only where no space follows."""

    kills = {
        "header-value-folded-raises": "start_response() with a folded value: want an error, got returned",
    }

    def accepts(self, name: str, value: str) -> bool:
        return "\r\n " in value


class LetsLineFeedPass(Lenient):
    """Only CR LF is taken for a line end."""

    kills = {
        "header-of-error-call-with-lf-raises": "start_response() with exc_info and LF in a value",
        "header-value-with-lf-raises": "start_response() with LF in a value: want an error, got returned",
    }

    def accepts(self, name: str, value: str) -> bool:
        return "\n" in value[:-1] and "\r" not in value


class LetsCarriageReturnPass(Lenient):
    """Only LF is taken for a line end."""

    kills = {
        "header-value-with-cr-raises": "start_response() with CR in a value: want an error, got returned",
    }

    def accepts(self, name: str, value: str) -> bool:
        return "\r" in value and "\n" not in value


class LetsFinalLineFeedPass(Lenient):
    """The pattern ends in a dollar sign."""

    kills = {
        "header-value-before-lf-raises": "start_response() with LF at the end of a value: want an erro",
    }

    def accepts(self, name: str, value: str) -> bool:
        return re.match(r"[ -~]+$", value) is not None and value[-1:] == "\n"


class LetsNulPass(Lenient):
    """NUL is no line end."""

    kills = {
        "header-value-with-nul-raises": "start_response() with NUL in a value: want an error, got returned",
    }

    def accepts(self, name: str, value: str) -> bool:
        return "\x00" in value


class LetsBellPass(Lenient):
    """Only what ends lines is dangerous."""

    kills = {
        "header-value-with-bell-raises": "start_response() with BEL in a value: want an error, got ret",
    }

    def accepts(self, name: str, value: str) -> bool:
        return "\x07" in value


class LetsDeletePass(Lenient):
    """Controls are what stands before the space."""

    kills = {
        "header-value-with-delete-raises": "start_response() with DEL in a value: want an error, got r",
    }

    def accepts(self, name: str, value: str) -> bool:
        return "\x7f" in value


class LetsLineFeedInNamePass(Lenient):
    """Names come from the program, and values from the user."""

    kills = {
        "header-name-with-lf-raises": "start_response() with LF in a name: want an error, got returned",
        "response-not-split-by-name": "field lines from within a name: want none, got [b'X-Injected--b",
    }

    def accepts(self, name: str, value: str) -> bool:
        return "\n" in name


class LetsColonPass(Lenient):
    """The colon may stand behind the name already."""

    kills = {
        "header-name-with-colon-raises": "start_response() with a colon in a name: want an error, got ",
    }

    def accepts(self, name: str, value: str) -> bool:
        return name[-1:] == ":"


class LetsSpaceInNamePass(Lenient):
    """A name is text."""

    kills = {
        "header-name-with-space-raises": "start_response() with a space in a name: want an error, got ",
        "field-name-invalid-not-sent": "field line sent: want none, got [b'X-Mark: marked']",
    }

    def accepts(self, name: str, value: str) -> bool:
        return " " in name and ":" not in name


class LetsNameBeEmpty(Lenient):
    """Each character of a name is looked at."""

    kills = {
        "header-without-name-raises": "start_response() with an empty name: want an error, got returned",
    }

    def accepts(self, name: str, value: str) -> bool:
        return name == ""


class Verbatim(ReferenceServer):
    """Base of those that send what they did not look at."""

    def accepts(self, name: str, value: str) -> bool:
        """Return whether this one is not looked at."""
        raise NotImplementedError

    def check_header_name(self, name: str) -> None:
        if not self.accepts(name, ""):
            super().check_header_name(name)

    def check_header_value(self, name: str, value: str) -> None:
        if not self.accepts(name, value):
            super().check_header_value(name, value)


class SendsEmptyName(Verbatim):
    """Each character of a name is looked at."""

    kills = {
        "header-without-name-not-sent": "the response is malformed: a field name is no token: b''",
        "header-without-name-raises": "start_response() with an empty name: want an error, got returned",
    }

    def accepts(self, name: str, value: str) -> bool:
        return name == ""


class SendsColonInName(Verbatim):
    """A name is text without line ends."""

    kills = {
        "header-name-with-colon-not-sent": "X-Colon: want absent, got b: marked",
    }

    def accepts(self, name: str, value: str) -> bool:
        return ": " in name and "\n" not in name


class SendsFinalLineEnd(Verbatim):
    """The pattern ends in a dollar sign."""

    kills = {
        "header-value-before-lf-not-sent": "content: want b'wsgicheck', got b'Date: ",
    }

    def accepts(self, name: str, value: str) -> bool:
        return value[-2:] == "\r\n"


class SendsDelete(Verbatim):
    """Controls are what stands before the space."""

    kills = {
        "header-value-with-delete-not-sent": "the response is malformed: a field value contains a cont",
        "header-value-with-delete-raises": "start_response() with DEL in a value: want an error, got r",
    }

    def accepts(self, name: str, value: str) -> bool:
        return "\x7f" in value


class Guessing(ReferenceServer):
    """Base of those that replace what is not Latin-1 by something else."""

    def check_text(self, what: str, text: str) -> None:
        super().check_text(what, self.guess(text))

    def guess(self, text: str) -> str:
        """Return the text with question marks."""
        return text.encode("latin-1", "replace").decode("latin-1")


class GuessesValues(Guessing):
    """A value is sent as UTF-8 where it is not Latin-1."""

    kills = {
        "header-value-beyond-latin-1-raises": "start_response() with U+20AC in a value",
        "header-value-beyond-latin-1-refused": "the status after a header value with U+20AC: want an e",
    }

    def check_text(self, what: str, text: str) -> None:
        if what == "the status":
            ReferenceServer.check_text(self, what, text)
        else:
            super().check_text(what, text)

    def format_header(self, name: str, value: str) -> str:
        return super().format_header(name, self.guess(value))


class GuessesStatus(Guessing):
    """A reason is sent with question marks where it is not Latin-1."""

    kills = {
        "status-beyond-latin-1-raises": "start_response() with U+20AC in the status",
        "status-beyond-latin-1-refused": "the status after a status with U+20AC: want an error, got 200",
    }

    def check_text(self, what: str, text: str) -> None:
        if what == "the status":
            super().check_text(what, text)
        else:
            ReferenceServer.check_text(self, what, text)

    def format_status_line(self, status: str) -> bytes:
        return super().format_status_line(self.guess(status))


class EncodesLate(Guessing):
    """Base of those that find a character that cannot be sent when they send it."""

    late = ""

    def check_text(self, what: str, text: str) -> None:
        if (what == "the status") == (self.late == "status"):
            super().check_text(what, text)
        else:
            ReferenceServer.check_text(self, what, text)


class EncodesValuesLate(EncodesLate):
    """A value is encoded with the whole head."""

    kills = {
        "header-value-beyond-latin-1-raises": "start_response() with U+20AC in a value: want an error, got ret"
    }
    late = "value"


class EncodesStatusLate(EncodesLate):
    """The status line is encoded with the whole head."""

    kills = {"status-beyond-latin-1-raises": "start_response() with U+20AC in the status: want an error, got"}
    late = "status"


class DropsNamesBeyondAscii(ReferenceServer):
    """A header whose name cannot be sent is left out without a word."""

    kills = {"header-name-beyond-latin-1-refused": "the status after a header name with U+20AC: want a"}

    def check_headers(self, headers: Any) -> None:
        if type(headers) is list and all(isinstance(each, tuple) for each in headers):
            headers[:] = [each for each in headers if not re.search("[^\\x00-\\xff]", str(each[0]))]
        super().check_headers(headers)


class TrustsErrorCalls(Lenient):
    """The headers of an error page are the framework's, and in order."""

    kills = {
        "header-of-error-call-with-lf-raises": "start_response() with exc_info and LF in a value: want an e"
    }
    is_error_call = False

    def accepts(self, name: str, value: str) -> bool:
        return self.is_error_call

    def start_response(self, transaction: Any, status: Any, headers: Any, exc_info: Any) -> Any:
        self.is_error_call = exc_info is not None and any("\n" in value for _, value in headers)
        try:
            return super().start_response(transaction, status, headers, exc_info)
        finally:
            self.is_error_call = False


class SendsDelimitersInNames(ReferenceServer):
    """A name may have anything but a colon, a space or a control character."""

    kills = {"header-names-with-delimiters-not-sent": "names that are no tokens: want absent, got"}

    def check_header_name(self, name: str) -> None:
        if set(name) & set('()/@",[]'):
            return
        super().check_header_name(name)
