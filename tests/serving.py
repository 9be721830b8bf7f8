"""Servers for tests: handlers that run in a thread, and the two real SPARQL servers in processes of their own.

Each listens on a free port of this machine, and is gone when its `with` ends.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from queries.logins import Login
from queries.publications import GraphStore

PATIENCE = 90.0
VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CheckpointInterval = 0
MaxQueryMem = 1G
DirsAllowed = .

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 6

[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""
"""What Debian configures, as far as it bears on answers, in one folder and with less memory."""


class Quiet(BaseHTTPRequestHandler):
    """A handler that writes no log, and a reply in one call."""

    def reply(self, status: int, media_type: str = "text/plain", body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def read_body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away: some tests do."""


@contextmanager
def serve(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Run a handler in a thread, and give its address."""
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is asked, and where graphs are sent to it."""

    query: str
    store: GraphStore


def find_oxigraph() -> str | None:
    """Return the program of the package oxigraph, which stands beside the interpreter."""
    return shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


def find_virtuoso() -> str | None:
    """Return the program of the Debian package virtuoso-opensource-7."""
    return shutil.which("virtuoso-t")


@contextmanager
def run_oxigraph(program: str, folder: Path) -> Iterator[Address]:
    """Run an Oxigraph server with an empty store in a folder."""
    (port,) = find_ports(1)
    words = [program, "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    with _run(words, folder, port):
        url = f"http://127.0.0.1:{port}"
        yield Address(f"{url}/query", GraphStore(f"{url}/store"))


@contextmanager
def run_virtuoso(program: str, folder: Path) -> Iterator[Address]:
    """Run a Virtuoso server with an empty database in a folder."""
    sql, port = find_ports(2)
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, http=port), encoding="utf-8")
    with _run([program, "+foreground", "+configfile", "virtuoso.ini"], folder, port):
        url = f"http://127.0.0.1:{port}"
        yield Address(f"{url}/sparql", GraphStore(f"{url}/sparql-graph-crud-auth", Login("dba", "dba")))


def find_ports(count: int) -> list[int]:
    """Return ports on which nobody listens."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


@contextmanager
def _run(words: Sequence[str], folder: Path, port: int) -> Iterator[None]:
    """Run a server until the `with` ends, and give it once it answers."""
    with (folder / "printed").open("wb") as printed:
        process = subprocess.Popen(words, cwd=folder, stdout=printed, stderr=subprocess.STDOUT)
        try:
            _wait(process, folder / "printed", port)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], printed: Path, port: int) -> None:
    begun = time.monotonic()
    while not _answers(port):
        if process.poll() is not None or time.monotonic() - begun > PATIENCE:
            said = printed.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise RuntimeError(f"{process.args!r} does not answer: {said}")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True
