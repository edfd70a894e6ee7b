"""打印：documents and review forms as DOCX and PDF in the national layout (GB/T 9704-2012)."""

from __future__ import annotations

from gongkai.documents.letters.document import document_file
from gongkai.documents.letters.form import form_file

__all__ = ["document_file", "form_file"]
