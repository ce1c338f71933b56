"""What is told of the topics of a whole site."""

from __future__ import annotations

from .entry import Lesson

LESSONS = {
    "site/failures": Lesson(
        "An error page of the server's, or the end of the connection.",
        "The way from the application's error to the client; see the topics errors and aborted-response.",
    ),
    "site/folder": Lesson(
        "404 or another refusal, by the server or by the application.",
        "What the server does to a path before the application sees it: decoding twice, joining, normalising.",
    ),
    "site/not_found": Lesson(
        "The application's own page under its own status.", "Error pages of the server that replace others."
    ),
    "site/routing": Lesson(
        "Redirects as the application makes them, with a relative or an absolute Location.",
        "PATH_INFO and SCRIPT_NAME, which routing is made of.",
    ),
    "site/static_files": Lesson(
        "Any framing; ranges and conditions are the application's to answer.",
        "Headers on their way, and responses without content; see the topics not-modified and head.",
    ),
    "site/transfer": Lesson(
        "Refusing chunked uploads; any framing of downloads.",
        "Large bodies: what is sent or received in more than one piece.",
    ),
}
