"""What is accepted in each topic, and where to look first when a check of it fails.

A check's docstring has its rule and its harm. What its neighbours have in common stands here: which other
behaviour passes as well, and in which place of a server the fault mostly is. Keyed by room and topic.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """``accepted``: what passes besides the plainest behaviour. ``look_at``: where the fault mostly is."""

    accepted: str
    look_at: str


REFUSAL = "A refusal: 400 or another 4xx, 501 or 505, or the end of the connection without an answer."
READ_OR_REFUSED = (
    "Either reading it as the clause allows, or refusing it (4xx, or the end of the connection)."
)
CLOSED = "Closing the connection, where that is announced or the response says so by its framing."

LESSONS: dict[str, Lesson] = {
    # ---- wsgi: the call and its environ ---------------------------------------------------------------
    "wsgi/call": Lesson(
        "Any way to find and keep the application; what its parameters are called does not matter.",
        "The one line that calls the application, and what may run it a second time (a retry, a reload).",
    ),
    "wsgi/environ": Lesson(
        "A template that is copied for each request, and any keys besides those required.",
        "Where the dictionary is made: one made at start-up or for the connection must be copied, not filled.",
    ),
    "wsgi/any_method": Lesson(
        "Refusing a method, or its content; closing the connection behind any of the requests.",
        "Branches for a method where the environ is made, and the dictionary that it is copied from.",
    ),
    "wsgi/environ_changes": Lesson(
        "Any response that is the one which the same application gets without touching its environ.",
        "Each lookup in environ behind the call of the application: logging, HEAD, draining the body.",
    ),
    "wsgi/cgi_variables": Lesson(
        "SERVER_NAME as a name or an address; absent or empty where the PEP says so; a UNIX socket has no port.",
        "Where the variables of the request are set, and what is taken from Host or the listening socket.",
    ),
    "wsgi/client_variables": Lesson(
        "Believing forwarding fields of proxies that were named as trusted; leaving out what has no value.",
        "The setting that says which peers are trusted, whose default must be nobody or the loopback alone.",
    ),
    "wsgi/content_variables": Lesson(
        "Absent or empty where there is nothing; CONTENT_LENGTH of chunks absent, or counted once they were read.",
        "Where Content-Type and Content-Length are taken out of the loop that makes HTTP_ variables.",
    ),
    "wsgi/field_names": Lesson(
        "Leaving fields with an underscore out, refusing them, or keeping them where nothing collides.",
        "The function from a field name to its variable: two names must not share one.",
    ),
    "wsgi/similar_names": Lesson(
        "Joining equal names; leaving out fields with an underscore, of which there is none here.",
        "Any table of names that is looked up by less than the whole name: a prefix, a length, a hash.",
    ),
    "wsgi/header_octets": Lesson(
        "Refusing octets above 0x7F with 400.",
        "The decoding of the header: Latin-1, not UTF-8 and not ASCII; and str.strip(), which strips too much.",
    ),
    "wsgi/header_variables": Lesson(
        "Refusing what is beyond a limit of the server (431); withholding credentials that the server used itself.",
        "The loop that makes HTTP_ variables, and what parses a field line before it.",
    ),
    "wsgi/methods": Lesson(
        "Refusing a method that the server does not know (501 or 405).",
        "Whether the method is upper-cased, looked up in a table, or replaced by an override field.",
    ),
    "wsgi/os_variables": Lesson(
        "Copying none of them, or all but those that look like header fields.",
        "The copy of os.environ: filter HTTP_*, and turn each value into its Latin-1 image.",
    ),
    "wsgi/paths": Lesson(
        "Removing dot segments and one of two slashes; keeping %2F encoded; refusing what the server objects to.",
        "Where the target is split: first at the question mark, then decoded once, then read as Latin-1.",
    ),
    "wsgi/path_details": Lesson(
        "An encoded slash that is kept, if both its forms are; a path that is not decoded is the matter of paths.",
        "The branch for paths that have a percent sign, and which function of urllib it calls.",
    ),
    "wsgi/queries": Lesson(
        "Absent where there is no query.",
        "The split at the first question mark, and anything that decodes or re-encodes what is behind it.",
    ),
    "wsgi/repeated_fields": Lesson(
        "A comma with or without white space; cookies by a semicolon or a comma (the latter is a note).",
        "The assignment to environ[key]: it must join with what is there, and not replace it.",
    ),
    "wsgi/strings": Lesson(
        "Values of any type behind keys with a dot, which are no CGI variables.",
        "Numbers that are put in as int, None for absent, and text that was decoded as UTF-8.",
    ),
    "wsgi/url_reconstruction": Lesson(
        "SERVER_NAME as any name of the server; rewriting that does not touch this plain target.",
        "SERVER_PORT as text, PATH_INFO decoded once, QUERY_STRING left as it came.",
    ),
    "wsgi/wsgi_flags": Lesson(
        "Any value that is true or false; true without concurrency; false with green threads.",
        "Where the flags are set: from the worker class and the number of workers, not as constants.",
    ),
    "wsgi/wsgi_variables": Lesson(
        "No wsgi.file_wrapper at all; any further keys, with a prefix of the server's own.",
        "The base environ, of which every kind of worker must make the same.",
    ),
    # ---- wsgi: input, errors --------------------------------------------------------------------------
    "wsgi/input_sizes": Lesson(
        "A readline() without support for sizes, readlines() that ignores its hint, a body that is spooled first.",
        "Tests such as `if size:` and `size < 0`, and the place where a search goes on in what was read ahead.",
    ),
    "wsgi/input_mixed": Lesson(
        "Sizes of readline() and hints that are ignored; refusing chunks with 411; any class of error.",
        "What readline() and the iterator read in advance, and where each of the other methods looks for it.",
    ),
    "wsgi/input_stream": Lesson(
        "Fewer bytes than were asked for, as long as there are some; reading beforehand or on demand.",
        "The class behind wsgi.input: a raw socket file has no idea of Content-Length.",
    ),
    "wsgi/input_lines": Lesson(
        "Ignoring the hint of readlines(); any buffering that loses nothing.",
        "splitlines() and text mode, which split elsewhere, and buffers that each method has for itself.",
    ),
    "wsgi/input_readline": Lesson(
        "Ignoring the size, which the PEP allows to omit (a note).",
        "The limit of a buffer that is returned as a line, and the end of the body as the end of the last line.",
    ),
    "wsgi/input_end": Lesson(
        "Any way to keep the length: counting, a limited reader, a buffer.",
        "What happens when the counter reaches zero: an empty bytestring, and never a read from the socket.",
    ),
    "wsgi/input_content": Lesson(
        "Buffering the body before the application is called, in memory or on disk.",
        "A single recv() that is taken for everything, and what spills a large body to a file.",
    ),
    "wsgi/input_chunked": Lesson(
        "Refusing content without a length (411); handing it over as a stream that ends, or buffered with a length.",
        "The decoder of chunks, and whether its object has all the methods of the usual wsgi.input.",
    ),
    "wsgi/expect_continue": Lesson(
        "100 at once, 100 when the application reads, or a final status; waiting in silence is only discouraged here.",
        "What reads from wsgi.input for the first time, and what waits for the body before the call.",
    ),
    "wsgi/error_stream": Lesson(
        "Escapes or question marks for what the log cannot show; a prefix before lines; output that is elsewhere.",
        "The encoding and the error handler of the stream, under a locale of ASCII too.",
    ),
    "wsgi/error_text": Lesson(
        "A log that does not show in the server's output; any form in which it shows there.",
        "What takes the stream back, or empties its buffer: the end of the response, an error, the next request.",
    ),
    # ---- wsgi: start_response -------------------------------------------------------------------------
    "wsgi/start_response": Lesson(
        "Refusing the request with 500, or ending the connection, where no status was ever given.",
        "What looks for stored headers before next() was called, and a default status that is made up.",
    ),
    "wsgi/second_call": Lesson(
        "Not refusing what the first call has wrong; then the checks of a second call do not apply.",
        'The mark "called", which is to be set before anything is validated.',
    ),
    "wsgi/invocation": Lesson(
        "Closing the connection between two requests; serving one request at a time.",
        "Where status, headers and flags are kept: in an object of one request, not of the connection or server.",
    ),
    "wsgi/exc_info": Lesson(
        "Headers that have left already, which the topic header-timing judges.",
        "The branch for exc_info: replace everything before output, and drop exc_info in a finally.",
    ),
    "wsgi/late_exc_info": Lesson(
        "Any error after output, though the very same one is asked for by a SHOULD.",
        "The branch for exc_info: ask whether the headers were sent, and then raise exc_info[1] with its traceback.",
    ),
    "wsgi/replaced_response": Lesson(
        "Any framing that the last call of start_response() allows.",
        "What is computed in start_response() and kept: it belongs where the head is sent, behind the last call.",
    ),
    "wsgi/next_response": Lesson(
        "Closing the connection behind any response, to which these checks do not apply.",
        "Attributes that are set for the connection, or in its constructor, and are those of one request.",
    ),
    "wsgi/header_timing": Lesson(
        "Sending the headers early where Content-Length is 0; write(b'') may release them or not.",
        "Who sends the head: the first block that is not empty, write(), or the end, and nothing else.",
    ),
    "wsgi/header_types": Lesson(
        "Taking what means the same (a note): a tuple for a list, a number for its text.",
        "The validation in start_response(), where an error still reaches the application.",
    ),
    "wsgi/header_validation": Lesson(
        "An error from start_response(), or a failed request later; nothing of the fault on the wire.",
        "The pattern for names and values: fullmatch() and not match() with a dollar sign.",
    ),
    "wsgi/header_places": Lesson(
        "Letting line ends pass in every header, of which other checks tell; an error in place of the response.",
        "Branches for single headers, and limits, which come before the check of the value.",
    ),
    "wsgi/hop_by_hop": Lesson(
        "An error, a failed request, or leaving the header out.",
        "The list of hop-by-hop names, compared in lower case.",
    ),
    "wsgi/malformed_status": Lesson(
        "An error from start_response(), a 500, or a repaired status line.",
        "Where the status is formatted: a str of three digits, a space and a reason.",
    ),
    "wsgi/status": Lesson(
        "Another reason phrase, or none (a note): HTTP lets everybody ignore it.",
        "A table of known codes, and error pages that replace the application's.",
    ),
    "wsgi/response_headers": Lesson(
        "Any order among different names, any case of a name, and an absolute Location.",
        "A dictionary in which headers are kept, and whatever rewrites them on their way.",
    ),
    "wsgi/added_headers": Lesson(
        "Adding Date, Server, Via and others that the application did not set.",
        "The test whether a header is there already: it has to ignore case.",
    ),
    # ---- wsgi: the body -------------------------------------------------------------------------------
    "wsgi/body": Lesson(
        "Any framing, and blocks that are cut up or joined on their way.",
        "Everything between next() and the socket that is not bytes in, bytes out; and send() that sends a part.",
    ),
    "wsgi/buffering": Lesson(
        "Sending by another thread; several segments for a block; a framing of any kind.",
        "Buffered files, TCP_CORK, compression without a flush, and loops that keep one block back.",
    ),
    "wsgi/empty_blocks": Lesson(
        "Leaving empty blocks out altogether, in any framing.",
        "The encoder of chunks: an empty one is the last chunk. And 'while block:', which stops there.",
    ),
    "wsgi/write": Lesson(
        "Sending at once, or by another thread; refusing text.",
        "What write() shares with the loop over the iterable: head, counting, framing.",
    ),
    "wsgi/content_length": Lesson(
        "No Content-Length at all (chunks, or the end of the connection), or the right one.",
        "What infers a length: only from one block, only if write() was not called.",
    ),
    "wsgi/excess": Lesson(
        "Cutting off at the length, closing behind it, an error page while nothing was sent; one look ahead.",
        "Where sent octets are counted, in write() as in the loop.",
    ),
    "wsgi/shortfall": Lesson(
        "Closing the connection; an error response or a corrected length while nothing was sent; a report in any words.",
        "What runs behind the loop: it has to compare what was sent with what was announced.",
    ),
    "wsgi/odd_iterables": Lesson(
        "Looking at the type, at len() and at close() of what was returned; any refusal of a block of text.",
        "Questions such as `if result:` and `result == []`, which ask the object and not the server.",
    ),
    "wsgi/iterable": Lesson(
        "A 500, or the end of the connection, for what is no iterable or no bytes.",
        "iter() and next() are all that is needed: isinstance(), indexing and hasattr() go wrong.",
    ),
    "wsgi/close": Lesson(
        "Iterating to the end or not; closing before or after the response was sent off.",
        "A finally around everything behind the call, with close() of the returned object.",
    ),
    "wsgi/close_of_shapes": Lesson(
        "Iterating over what is not sent, or leaving it alone; any order of closing and the end of the response.",
        "Each return that comes before the one try ... finally in which close() is called.",
    ),
    "wsgi/close_after_error": Lesson(
        "Noticing that the client left only by the next block, or at the end of the iterable.",
        "Every way out of the loop: an error, a broken pipe, a refused block. One finally covers them.",
    ),
    "wsgi/close_once": Lesson(
        "Any moment of the one call.",
        "Two places that close: an error handler and the end of the request.",
    ),
    "wsgi/errors": Lesson(
        "A 500, another error, or the end of the connection; any page, as long as it is no success.",
        "The handler around call and iteration: it must catch errors that look like the server's own.",
    ),
    "wsgi/exits": Lesson(
        "A 500, another error, or the end of the connection; a worker that ends and is replaced.",
        "The handlers around call, iteration and worker: which of them say Exception, and which say nothing.",
    ),
    "wsgi/error_log": Lesson(
        "Any form of the message, in the output or (then it is a note) in a file elsewhere.",
        "The handler that answers 500: whether it logs, and whether the worker survives it.",
    ),
    "wsgi/error_classes": Lesson(
        "Any error response, or the end of the connection; a log elsewhere; OSErrors taken for a lost client's.",
        "Every except clause within which the application runs: how much stands in its try.",
    ),
    "wsgi/aborted_response": Lesson(
        "A missing last chunk, missing octets, a reset; an error message added to text, and to nothing else.",
        "What ends the response in a finally: the last chunk must not be sent from there.",
    ),
    "wsgi/concurrency": Lesson(
        "Serving one request at a time, to which these checks do not apply.",
        "State in the server, in a module or in a thread-local that a greenlet shares.",
    ),
    # ---- wsgi: files ----------------------------------------------------------------------------------
    "wsgi/file_wrapper": Lesson(
        "Having no wrapper; never using sendfile(); ignoring the block size.",
        "Whether the wrapper only remembers the file, and looks at fileno() when it is returned, within a try.",
    ),
    "wsgi/file_sending": Lesson(
        "Any way of sending: by blocks, by mmap, by sendfile().",
        "The offset that is given to the system: file.tell() at the time of sending, not 0 and not the descriptor's.",
    ),
    "wsgi/file_reading": Lesson(
        "sendfile() or read(), as long as the octets are those of read(); 500 where nothing was sent yet.",
        "The test for a file that may be sent by its descriptor: the exact type, and not whether it has fileno().",
    ),
    "wsgi/ordinary_files": Lesson(
        "Any way to send the file, as long as its octets are those that read() would give from where it stands.",
        "The call of sendfile(): its offset, its count, and what it returns or raises where there is no room.",
    ),
    "wsgi/files_in_turn": Lesson(
        "A server without wsgi.file_wrapper; closing the connection behind any response.",
        "What the fast way of a file keeps for itself: offset, count, and whose file it is.",
    ),
    "wsgi/file_closing": Lesson(
        "Closing by the wrapper's close(), called once.",
        "The fast path, which returns before the finally that closes.",
    ),
    # ---- http: the request ----------------------------------------------------------------------------
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
    # ---- http: the connection -------------------------------------------------------------------------
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
    # ---- http: the response ---------------------------------------------------------------------------
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
    # ---- site, frameworks -----------------------------------------------------------------------------
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

BY_ENDING = {
    "-content-length-raises": "Any kind of error, as long as write() raises it.",
    "-raises": "Any kind of error, as long as start_response() raises it while the application is running.",
    "-raise": "Any kind of error, as long as start_response() raises it while the application is running.",
}
"""What is accepted by checks of one kind, whatever their topic."""

ELSEWHERE = Lesson(
    "Whatever the clause leaves open: only what the judge names is a fail.",
    "The timeline of the failed check: what the client sent, what the application saw, and what came back.",
)
"""For topics that have no lesson yet, such as those of extensions."""


def lesson(room: str, topic: str) -> Lesson:
    """Return the lesson of a topic, or what holds everywhere."""
    return LESSONS.get(f"{room}/{topic.replace('-', '_')}", ELSEWHERE)


def accepted_of_id(id: str) -> str:
    """Return what checks of this kind accept, or nothing where their topic says it."""
    return next((words for ending, words in BY_ENDING.items() if id.endswith(ending)), "")
