"""Stops a file that is too large while it arrives, so that it never fills the disk.

Django asks its upload handlers in turn; this one comes first (settings) and looks at how much the
browser says it sends, and at what has come.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from klynge.web.bodies.file_kinds import LARGEST

# The other fields of the form and what lies between them.
ALLOWANCE = 1024 * 1024


class LimitedUpload(FileUploadHandler):
    """Gives up a request with more than LARGEST bytes in it; `refused(request)` tells of it."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.announced, self.seen, self.name = content_length, 0, ""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.name = self.file_name or ""
        if self.announced > LARGEST + ALLOWANCE:
            self._refuse(self.announced)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > LARGEST:
            self._refuse(self.seen)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _refuse(self, size: int) -> None:
        if self.request is not None:
            self.request.too_large = (self.name, size)
        raise StopUpload(connection_reset=False)


def refused(request: HttpRequest) -> tuple[str, int] | None:
    """The name and size of a file that was given up because it is too large."""
    _ = request.FILES  # the handlers run when the form is first read
    return getattr(request, "too_large", None)
