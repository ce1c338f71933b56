"""What is told of the topics of HTTP."""

from __future__ import annotations

from .entry import CLOSED, READ_OR_REFUSED, REFUSAL, Lesson

LESSONS = {
    # ---- the request ---------------------------------------------------------------------------------
    "http/request_line": Lesson(READ_OR_REFUSED, "The split of the first line, and what skips empty lines."),
    "http/request_method": Lesson(REFUSAL, "The grammar of a token, applied before the method is used."),
    "http/request_target": Lesson(
        REFUSAL + " Some targets may be repaired or passed on, where the clause is a SHOULD.",
        "The four forms of a target, and what a URL library makes of odd octets.",
    ),
    "http/absolute_form": Lesson(
        "Refusing an authority that is not the server's (421), or another scheme.",
        "Where Host is taken from when the target has an authority of its own.",
    ),
    "http/http_version": Lesson(REFUSAL, "The pattern of the version: two digits, a dot, and capitals."),
    "http/host": Lesson(REFUSAL, "The count of Host fields, in requests of HTTP/1.1."),
    "http/later_requests": Lesson(
        "Closing behind any response, where that is announced; a server that keeps no connection is not judged.",
        "What is left in the buffer behind a response, and what is parsed by another way once a connection is kept.",
    ),
    "http/leftovers": Lesson(
        "Closing behind any response, where that is announced; draining content that was left unread, or closing.",
        "The attributes of the connection's object: whatever tells of one request is to be made anew for the next.",
    ),
    "http/last_chunk": Lesson(
        "A refusal, or the end of the connection, wherever a chunk is malformed; leaving trailers out.",
        "The decoder of chunks where it meets the size zero: the line end before it, the trailers behind it.",
    ),
    "http/expectations": Lesson(
        "A 100, a final response at once, or a refusal of the method before the content is sent.",
        "Where 100 is sent: whether content follows is said by Content-Length and Transfer-Encoding alone.",
    ),
    "http/buffer_sizes": Lesson(
        "Refusing with 4xx what is larger than a limit of the server's.",
        "The loop that reads: it ends at the empty line or the length, not at the first buffer that is not full.",
    ),
    "http/next_request": Lesson(
        REFUSAL, "What is set up once for a connection, and the shorter way that later requests take."
    ),
    "http/host_value": Lesson(
        "400 for what is no host and port; 421 where a valid Host is none of the server's.",
        "The grammar of uri-host and port, applied to the whole value.",
    ),
    "http/field_line": Lesson(
        READ_OR_REFUSED, "The split at the first colon, and what is stripped around it."
    ),
    "http/field_line_end": Lesson(
        "Refusing, or a space in place of a bare CR or NUL; a bare LF may end a line.",
        "splitlines(), which ends lines at ten octets, and readers that take LF alone.",
    ),
    "http/field_name": Lesson(REFUSAL, "The grammar of a token, applied to the name with what is around it."),
    "http/field_value": Lesson(READ_OR_REFUSED, "What is stripped: spaces and tabs, and nothing else."),
    "http/folding": Lesson(
        "Refusing with 400, or one or more spaces in place of the fold.",
        "What happens to a line that begins with white space.",
    ),
    "http/request_head": Lesson(READ_OR_REFUSED, "How the end of the head is found, however it arrives."),
    "http/request_limits": Lesson(
        "Any limit at or above what the clause names, with 414, 431 or 400 beyond it.",
        "The sizes of the buffers of request line and header, and what is answered when they are full.",
    ),
    "http/parsing_time": Lesson(
        "Serving, refusing with 4xx, or closing the connection: each within the timeout.",
        "Patterns with one repetition inside or right behind another, such as \\s*(.*?)\\s*$; strip() needs none.",
    ),
    "http/request_body": Lesson(
        "Reading beforehand or on demand; refusing with 413 or 411.",
        "What counts the octets of the body, and what it does when they come late.",
    ),
    "http/request_content_length": Lesson(READ_OR_REFUSED, "Where Content-Length becomes a number."),
    "http/content_length_syntax": Lesson(
        REFUSAL + " A space in place of a NUL is lawful as well.",
        "int(), which takes signs, underscores, white space and other digits: use [0-9]+ and fullmatch().",
    ),
    "http/content_length_repeated": Lesson(
        "Refusing, or one value where all are equal.",
        "What becomes of the second of two equal field lines, and of a list within one.",
    ),
    "http/transfer_encoding": Lesson(
        "400 or 501, and the end of the connection.",
        "The order of the tests: Transfer-Encoding first, then Content-Length, and both is a fault.",
    ),
    "http/transfer_coding": Lesson(
        "400 or 501, and the end of the connection.",
        "The comparison with 'chunked': on the last member of the list, exact but for case.",
    ),
    "http/transfer_coding_octets": Lesson(
        "400 or 501, and the end of the connection.",
        "strip() and lower() of text, which forgive octets that are no white space in HTTP.",
    ),
    "http/chunked_requests": Lesson(
        "Refusing content without a length (411); the checks do not apply then.",
        "The loop that reads chunks: how it goes on when a chunk, a line or the end has only come in part.",
    ),
    "http/chunk_size": Lesson(REFUSAL, "int(size, 16), which takes signs, prefixes and underscores."),
    "http/chunk_size_octets": Lesson(REFUSAL, "What is stripped of the size, and limits of its digits."),
    "http/chunk_syntax": Lesson(
        REFUSAL, "What is expected behind the data of a chunk: CRLF, and nothing else."
    ),
    "http/chunk_extensions": Lesson(
        "Ignoring extensions, within limits.",
        "The split at the semicolon, with quotes and white space around.",
    ),
    "http/chunked_end": Lesson(
        REFUSAL, "What ends a body: the last chunk and an empty line, not the connection."
    ),
    "http/request_trailers": Lesson(
        "Throwing trailer fields away.",
        "Whether trailers are merged into environ, or left on the connection.",
    ),
    "http/expect_continue": Lesson(
        "100 at once or when it is read, none where content came already; a final status instead.",
        "Where 100 is sent, and whether anything waits for the body before.",
    ),
    "http/behind_continue": Lesson(
        "No 100 at all, where the client is not left waiting; closing behind content that was never asked for.",
        "Which flag says that headers were sent, and whether what is read ahead is answered ahead.",
    ),
    "http/smuggling": Lesson(
        REFUSAL + " Or reading it in one way only, and closing the connection.",
        "Which field frames the body, and what remains on the connection behind it.",
    ),
    "http/underscore_framing": Lesson(
        REFUSAL + " Leaving fields with an underscore out of the environ, or keeping them.",
        "What decides on the framing: the names of the field lines, not those of the variables.",
    ),
    "http/behind_refusals": Lesson(
        "Reading the rest of the request, or closing the connection with or without an answer.",
        "What each refusal does with the connection: only one that has read the request may keep it.",
    ),
    # ---- the connection ------------------------------------------------------------------------------
    "http/persistence": Lesson(CLOSED, "What decides on keep-alive, and whether it says so in the response."),
    "http/close_option": Lesson(
        "Closing at once or in stages.", "The options of Connection: a list, in any case, over several lines."
    ),
    "http/pipelining": Lesson(
        CLOSED + " Requests behind it may go unanswered then.",
        "What was received together with a request, and must be kept for the next one.",
    ),
    "http/http_1_0": Lesson(
        "Closing, or keeping the connection where the client asked for it and the response says so.",
        "The version of the request, where framing and interim responses are decided.",
    ),
    "http/unread_body": Lesson(
        "Reading the rest of the body, or closing the connection behind the response.",
        "What is done with the body when the application has returned.",
    ),
    "http/unread_content": Lesson(
        "Reading the rest of the content, or closing the connection behind the response.",
        "Where the next request is looked for: behind the content, never in it.",
    ),
    "http/partly_read": Lesson(
        "Draining the rest, or closing the connection, with or without an announcement.",
        "What readline() keeps for the next call: it has left the connection already, and is not to be drained.",
    ),
    "http/unread_remains": Lesson(
        "Reading the rest of the content, or closing the connection behind the response.",
        "Every early return on the way from the response to the next request.",
    ),
    "http/unread_environ": Lesson(
        "Reading the rest of the content, or closing the connection behind the response.",
        "What the server keeps of a request for itself, before it hands the environ out.",
    ),
    "http/late_content": Lesson(
        "Waiting for the rest and throwing it away, or closing the connection behind the response.",
        "What is remembered of a request that is done: its length, its chunk, and how far that has come.",
    ),
    "http/content_sizes": Lesson(
        "Reading content in pieces of any size, and refusing or leaving out chunks.",
        "Each comparison of what a read returned with the size of its buffer.",
    ),
    "http/pipelined_refusals": Lesson(
        CLOSED + " The malformed request may go unanswered then.",
        "Where a fault that is found early is answered: in its turn, or at once.",
    ),
    "http/kept_http_1_0": Lesson(
        "Closing the connection behind any response to HTTP/1.0.",
        "The decision to keep a connection, which comes behind that of how the response is framed.",
    ),
    # ---- the response --------------------------------------------------------------------------------
    "http/response_framing": Lesson(
        "A length, chunks, or the end of the connection where nothing better is known.",
        "The one place that chooses the framing, for lists, streams, files and writes alike.",
    ),
    "http/response_chunks": Lesson(
        "Chunks of any size, with extensions and trailers; another framing.",
        "The encoder: a size in hexadecimal, CRLF, the data, CRLF; and one last chunk.",
    ),
    "http/response_grammar": Lesson(
        "Any case of names, any white space that the grammar allows, no reason phrase behind its space.",
        "Where status line and field lines are formatted.",
    ),
    "http/doubtful_heads": Lesson(
        "An error from start_response(), a 500, leaving the header out, or a repaired value.",
        "The last place before the wire: nothing with CR, LF or NUL may pass it.",
    ),
    "http/head": Lesson(
        "No Content-Length, or the one of GET; going through the iterable or not.",
        "What withholds the content, and what infers a length from what was withheld.",
    ),
    "http/head_turns": Lesson(
        "Leaving out Content-Length; closing the connection behind any of the responses.",
        "Where content is dropped: pages about errors and write() often have a way of their own past it.",
    ),
    "http/no_content": Lesson(
        "Dropping the content, or an error for an application that gives some.",
        "The list of statuses without content, in every path that sends.",
    ),
    "http/reset_content": Lesson(
        "Content-Length: 0, an empty chunked body or the end of the connection; an error for content.",
        "Which statuses end at their empty line: 1xx, 204 and 304, and not this one.",
    ),
    "http/not_modified": Lesson(
        "The application's Content-Length, or none; dropping the content.",
        "The list of statuses without content, and what infers a length.",
    ),
    "http/date": Lesson(
        "A Date of the application's own.", "What adds Date, in error responses of the server too."
    ),
    "http/error_responses": Lesson(
        "Any page or none, any 4xx that fits; the end of the connection behind it.",
        "The code that answers before there is a request: it has to frame, date and close as the other does.",
    ),
    "http/refusals": Lesson(
        "Any status of refusal that fits, any page or none; leaving the request to the application.",
        "The one function that should make all answers of the server's own, and who does without it.",
    ),
    "http/failed_responses": Lesson(
        "An error response while nothing was sent; the end of the connection afterwards.",
        "The handler of errors, and whether it knows that a head is out.",
    ),
    "http/late_errors": Lesson(
        "An error response while nothing was sent; the end of the connection afterwards.",
        "The handler of errors, and whether it knows that a response without content is out, too.",
    ),
    "http/next_failures": Lesson(
        "Closing the connection behind the first response; whatever passes for that one.",
        "What is kept with the connection and should be made anew for each request.",
    ),
}
