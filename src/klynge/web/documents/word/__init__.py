"""Documents as DOCX: templates that a secretary edits in Word, filled with fields and blocks."""

from klynge.web.documents.word.checking import TemplateFaults, check
from klynge.web.documents.word.filling import fill
from klynge.web.documents.word.making import Line, make_template

__all__ = ["Line", "TemplateFaults", "check", "fill", "make_template"]
