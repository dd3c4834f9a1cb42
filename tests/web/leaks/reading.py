"""Everything of an answer that somebody could read: headers, text, and what is in files."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from email.message import Message
from functools import lru_cache
from html import unescape
from urllib.parse import unquote_plus

from pypdf import PdfReader


def everything(response, address: str = "") -> str:
    """The words of a whole answer, however they are packed, without spaces and in small letters."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = response.cookies.output()
    return plain("\n".join((headers, cookies, *texts(body))))


@lru_cache(maxsize=256)
def texts(body: bytes) -> list[str]:
    """What can be read in some bytes: as they are, unpacked, and as a PDF or a zip."""
    found = [body.decode("utf-8", errors="replace"), body.decode("latin-1")]
    found += [unescape(found[0]), unquote_plus(found[0]), _unescaped(found[0])]
    if body.startswith(b"%PDF-"):
        found += _pdf(body)
    elif zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                found += [name, *texts(archive.read(name))]
    elif body.startswith(b"\x1f\x8b"):
        found += texts(gzip.decompress(body))
    return found


def of_mail(message: Message) -> str:
    """The words of a mail with its headers and every part unpacked."""
    parts = [part.get_payload(decode=True) or b"" for part in message.walk()]
    heads = [f"{name}: {value}" for part in message.walk() for name, value in part.items()]
    return plain("\n".join([*heads, *(text for part in parts for text in texts(part))]))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def holds(text: str, marker: str) -> bool:
    """Whether a marker is in a text that `everything` gave."""
    return marker.casefold() in text


def _pdf(body: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(body))
    found = [page.extract_text() for page in reader.pages]
    found += [str(value) for value in (reader.metadata or {}).values()]
    found += [entry.title for entry in _flat(reader.outline)]
    if reader.xmp_metadata is not None:
        found.append(reader.xmp_metadata.rdf_root.toxml())
    for name, files in reader.attachments.items():
        found += [name, *(text for file in files for text in texts(file))]
    # Alternative texts, annotations and whatever else is written in the objects themselves.
    for number in range(len(reader.xref_objStm) + sum(len(each) for each in reader.xref.values())):
        item = reader.get_object(number) if number else None
        found.append(str(item))
    return found


def _flat(outline) -> list:
    return [
        entry for each in outline for entry in (_flat(each) if isinstance(each, list) else [each])
    ]


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
