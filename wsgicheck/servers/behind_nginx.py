"""Starts a WSGI server with nginx in front of it: ``behind_nginx.py PROTOCOL HOST PORT FOLDER COMMAND...``.

``PROTOCOL`` is what nginx speaks to the server: ``http``, ``uwsgi``, ``fastcgi`` or ``scgi``. The server's
command listens on the UNIX socket that stands for ``{behind}`` in it; nginx listens on HOST and PORT, and
keeps its own files in FOLDER. Nothing is buffered that nginx can pass on at once, and its limits are wide:
what is refused, is refused by the server or for the request's own faults. Where one of the two ends, the
other is ended, and the exit status is that of the one that ended first.

Run as a file, by itself: standard library only, nothing of ours is imported.
"""

import os
import shutil
import signal
import subprocess
import sys
import time

SOCKET = "behind.sock"
START_SECONDS = 10.0
POLL_SECONDS = 0.02

CONFIGURATION = """\
{user}worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/nginx-client;
  proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-fastcgi;
  uwsgi_temp_path {folder}/nginx-uwsgi;
  scgi_temp_path {folder}/nginx-scgi;
  server {{
    listen {address};
    server_name localhost;
    client_max_body_size 0;
    large_client_header_buffers 4 64k;
    location / {{ {location} }}
  }}
}}
"""

PROXY = """\
proxy_pass http://unix:{socket}:;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header Connection "";
      proxy_request_buffering off;
      proxy_buffering off;
      proxy_buffer_size 64k;
      proxy_buffers 8 64k;
"""

# CGI's variables (RFC 3875 4.1), by the names that each of the three protocols hands over.
VARIABLES = {
    "REQUEST_METHOD": "$request_method",
    "SCRIPT_NAME": '""',
    "PATH_INFO": "$document_uri",
    "QUERY_STRING": "$query_string",
    "CONTENT_TYPE": "$content_type",
    "CONTENT_LENGTH": "$content_length",
    "SERVER_NAME": "$server_name",
    "SERVER_PORT": "$server_port",
    "SERVER_PROTOCOL": "$server_protocol",
    "REMOTE_ADDR": "$remote_addr",
    "REQUEST_SCHEME": "$scheme",
    "REQUEST_URI": "$request_uri",
    "HTTP_CONTENT_TYPE": '"" if_not_empty',
    "HTTP_CONTENT_LENGTH": '"" if_not_empty',
}


def location(protocol: str, socket_path: str) -> str:
    """Return what stands in nginx's location for one of the protocols."""
    if protocol == "http":
        return PROXY.format(socket=socket_path)
    lines = [f"{protocol}_param {name} {value};" for name, value in VARIABLES.items()]
    lines += [f"{protocol}_pass unix:{socket_path};", f"{protocol}_buffering off;"]
    lines += [f"{protocol}_buffer_size 64k;", f"{protocol}_buffers 8 64k;"]
    return "\n      ".join(lines)


def main(protocol: str, host: str, port: str, folder: str, command: "list[str]") -> int:
    """Start both, and wait until one of them ends; return the exit status."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx is None:
        print("nginx is not on PATH: install it (Debian: nginx-light)", file=sys.stderr)
        return 127
    socket_path = os.path.join(folder, SOCKET)
    configuration = os.path.join(folder, "nginx.conf")
    with open(configuration, "w", encoding="ascii") as stream:
        stream.write(
            CONFIGURATION.format(
                user="user root;\n" if os.geteuid() == 0 else "",
                folder=folder,
                address=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                location=location(protocol, socket_path),
            )
        )
    server = subprocess.Popen([word.replace("{behind}", socket_path) for word in command])
    if not wait_for_socket(server, socket_path):
        return server.returncode or 1
    front = subprocess.Popen([nginx, "-p", folder, "-e", "stderr", "-c", configuration])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while server.poll() is None and front.poll() is None:
            time.sleep(POLL_SECONDS)
    finally:
        for process in (front, server):
            if process.poll() is None:
                process.terminate()
    return server.poll() or front.poll() or 0


def wait_for_socket(server: "subprocess.Popen[bytes]", socket_path: str) -> bool:
    """Return whether the server listens; not where it ends, or is too slow for that."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if os.path.exists(socket_path):
            return True
        time.sleep(POLL_SECONDS)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:]))
