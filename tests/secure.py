"""Servers behind TLS, with certificates of our own making."""

from __future__ import annotations

import ssl
import typing

import trustme

from servers import ScriptedServer

if typing.TYPE_CHECKING:
    import datetime
    import pathlib
    import socket


class Authority:
    """A CA that nobody knows, and its certificate in a file."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._ca = trustme.CA()
        self.pem = self._ca.cert_pem.bytes()
        self.path = folder / "ca.pem"
        self.path.write_bytes(self.pem)

    def context(self, *names: str, not_after: typing.Optional[datetime.datetime] = None) -> ssl.SSLContext:
        """What a server of these names needs."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ca.issue_cert(*names, not_after=not_after).configure_cert(context)
        return context


class SecureServer(ScriptedServer):
    """A scripted server that speaks TLS."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__()
        self._context = context

    def __enter__(self) -> SecureServer:
        super().__enter__()
        return self

    @property
    def base_url(self) -> str:
        return super().base_url.replace("http:", "https:")

    def _serve(self, connection: socket.socket) -> None:
        self._connections.discard(connection)
        try:
            secured = self._context.wrap_socket(connection, server_side=True)
        except OSError:
            connection.close()
            self.gone.release()
            return
        self._connections.add(secured)
        super()._serve(secured)
