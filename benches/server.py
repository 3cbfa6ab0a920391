"""The platform's paths, served from files by an nginx of our own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
import typing

from .places import DATA, NGINX

SETTINGS = """
{user}daemon off;
worker_processes 1;
pid "{home}/nginx.pid";
error_log "{home}/error.log";
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_timeout 3600;
    keepalive_requests 100000000;
    client_max_body_size 64m;
    client_body_buffer_size 32m;
    types {{ }}
    client_body_temp_path "{home}/body";
    proxy_temp_path "{home}/proxy";
    fastcgi_temp_path "{home}/fastcgi";
    uwsgi_temp_path "{home}/uwsgi";
    scgi_temp_path "{home}/scgi";

    server {{
        listen 127.0.0.1:{port};
        default_type application/json;

        location ~ "^/v1.3/analyze/batches/([0-9a-f]{{24}})/results$" {{
            default_type application/jsonl;
            alias "{data}/$1.jsonl";
        }}
        location ~ "^/v1.3/analyze/batches/([0-9a-f]{{24}})$" {{
            alias "{data}/$1.json";
        }}
        location = /v1.3/analyze/batches {{
            error_page 418 = @create;
            if ($request_method = POST) {{ return 418; }}
            alias "{data}/page.json";
        }}
        # A proxied request is read whole before it is passed on, which here happens without its body.
        location @create {{
            proxy_pass http://127.0.0.1:{inner};
            proxy_method GET;
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
        }}
    }}
    server {{
        listen 127.0.0.1:{inner};
        default_type application/json;
        error_page 404 =201 /created.json;
        location / {{ return 404; }}
        location = /created.json {{ internal; alias "{data}/created.json"; }}
    }}
}}
"""


def find() -> typing.Optional[str]:
    """An nginx that is installed; not everybody's `PATH` has the place for servers."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


def program() -> tuple[str, dict[str, str]]:
    """The nginx to run, and its environment."""
    if installed := find():
        return installed, {}
    libraries = {str(path.parent) for path in NGINX.rglob("lib*.so*")}
    return str(NGINX / "usr/sbin/nginx"), {"LD_LIBRARY_PATH": ":".join(sorted(libraries))}


def free_port() -> int:
    """A port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def served() -> typing.Iterator[str]:
    """Serves; gives the base URL."""
    NGINX.mkdir(parents=True, exist_ok=True)
    port, inner = free_port(), free_port()
    settings = NGINX / "nginx.conf"
    # Started by root, it would let somebody work who may not read the data.
    user = "" if os.geteuid() else "user root;\n"
    settings.write_text(SETTINGS.format(user=user, home=NGINX, data=DATA, port=port, inner=inner))
    path, environment = program()
    log = NGINX / "error.log"
    server = subprocess.Popen(
        [path, "-p", NGINX, "-e", log, "-c", settings],
        env={**os.environ, **environment},
    )
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}/v1.3"
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Waits until it listens."""
    deadline = time.monotonic() + 10
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nginx does not listen; see {NGINX / 'error.log'}")
