"""Whether a port can be served from."""

from __future__ import annotations

import socket

from klynge.faults import WrongUse
from klynge.texts import _

HERE = "127.0.0.1"


def must_be_free(host: str, port: int) -> None:
    """Raises WrongUse when something else has the port, or it may not be had.

    Gunicorn would try for five seconds and then only log it.
    """
    try:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as error:
        taken = _("Porten {port} kan ikke bruges. Vælg en anden med --port.")
        raise WrongUse(taken.format(port=port)) from error
