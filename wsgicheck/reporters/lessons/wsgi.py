"""What is told of the topics of the WSGI side."""

from __future__ import annotations

from .entry import Lesson

LESSONS = {
    # ---- the call and its environ --------------------------------------------------------------------
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
    # ---- input, errors -------------------------------------------------------------------------------
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
    # ---- start_response ------------------------------------------------------------------------------
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
    # ---- the body ------------------------------------------------------------------------------------
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
    # ---- files ---------------------------------------------------------------------------------------
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
}
