"""Serves the workspace with gunicorn, or with Python's own server where gunicorn cannot run."""

from __future__ import annotations

import importlib.util
from typing import Any

from klynge.web.wsgi import application


def serve(*, host: str, port: int, workers: int) -> int:
    """Serve until interrupted, from a port that is free; returns the exit code."""
    if importlib.util.find_spec("fcntl") is None:
        return _serve_plainly(host, port)
    _gunicorn(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": 4,
            "accesslog": None,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
    )
    return 0


def _gunicorn(options: dict[str, Any]) -> None:
    from gunicorn.app.base import BaseApplication

    class Application(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    Application().run()


def _serve_plainly(host: str, port: int) -> int:
    """Windows has no fork: one process with threads is enough for a trial."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer, make_server

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    with make_server(host, port, application, server_class=Server) as server:
        server.serve_forever()
    return 0
