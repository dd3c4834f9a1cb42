"""Whether a CSV is UTF-8, found by reading it whole once; a Latin-1 file is told, not guessed at.

Reading Latin-1 silently would be easy and wrong: the next tool in the chain would still meet it,
and a file that is half one and half the other (two deliveries put together) would pass.
"""

from __future__ import annotations

import codecs
from pathlib import Path

CHUNK = 4 << 20
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):
    """A file that cannot be read. `reason` is parquet, csv, sas, empty,
    access, gone, latin-1 or utf-16.

    line: where it was seen, when that is known. Holds nothing of the file's content.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def check_encoding(file: Path) -> None:
    """Raise `Unreadable` when the file is not UTF-8 (with or without a byte order mark)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 0
    try:
        with file.open("rb") as source:
            while True:
                chunk = source.read(CHUNK)
                if lines == 0 and chunk.startswith(UTF16):
                    raise Unreadable("utf-16")
                bad = _first_bad(decoder, chunk)
                if bad is not None:
                    raise Unreadable("latin-1", lines + chunk.count(b"\n", 0, bad) + 1)
                if b"\0" in chunk:
                    raise Unreadable("csv")
                if not chunk:
                    return
                lines += chunk.count(b"\n")
    except PermissionError:
        raise Unreadable("access") from None
    except OSError:
        raise Unreadable("csv") from None


def _first_bad(decoder: codecs.IncrementalDecoder, chunk: bytes) -> int | None:
    """Where in the chunk the first byte is that is not UTF-8, None when all are."""
    try:
        decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError as error:
        # Counted from the start of what the decoder held back plus the chunk.
        held = len(error.object) - len(chunk)
        return max(error.start - held, 0)
    return None
