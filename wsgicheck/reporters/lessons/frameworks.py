"""What is told of the topics of the frameworks."""

from __future__ import annotations

from .entry import Lesson

LESSONS = {
    "frameworks/pages": Lesson(
        "The framework missing in the server's interpreter: then the check does not apply.",
        "The same exchange with a play of the probe, which shows what the framework was given.",
    ),
    "frameworks/pictures": Lesson(
        "The framework missing in the server's interpreter: then the check does not apply.",
        "wsgi.file_wrapper, which the frameworks use for files.",
    ),
    "frameworks/downloads": Lesson(
        "The framework missing in the server's interpreter: then the check does not apply.",
        "Streams without a length, and close() of the response.",
    ),
    "frameworks/uploads": Lesson(
        "The framework missing in the server's interpreter: then the check does not apply.",
        "wsgi.input and CONTENT_LENGTH, from which the frameworks read forms.",
    ),
}
