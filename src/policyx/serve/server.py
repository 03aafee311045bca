"""Starts and stops the web server on 127.0.0.1."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path

import uvicorn

from policyx.errors import PolicyxError
from policyx.serve.app import Limits, make_app

HOST = "127.0.0.1"
_CONNECTIONS = 32  # at one time


class Server:
    """A server that holds its port from the start; `address` has the token in it."""

    def __init__(self, port: int, limits: Limits | None = None, keep: Path | None = None) -> None:
        """Raises PolicyxError where the port cannot be had. Port 0 takes one that is free."""
        self._socket = _bound(port)
        self.port: int = self._socket.getsockname()[1]
        self.token = secrets.token_urlsafe(24)
        self.address = f"http://{HOST}:{self.port}/?token={self.token}"
        config = uvicorn.Config(
            make_app(self.token, self.port, limits, keep),
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)

    def run(self) -> None:
        """Serve until interrupted, or told to stop."""
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """End `run`, which another thread is in."""
        self._server.should_exit = True


def _bound(port: int) -> socket.socket:
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((HOST, port))
    except OSError as error:
        held.close()
        raise PolicyxError(f"port {port} cannot be had: {error.strerror}; say --port N for another") from None
    return held
