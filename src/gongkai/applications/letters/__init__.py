"""答复文书：the 38 papers of a request, made from one choice, in the letter form of GB/T 9704."""

from __future__ import annotations

from gongkai.applications.letters.asking import Asked, asked
from gongkai.applications.letters.check import check_template, check_text
from gongkai.applications.letters.compose import Composed, compose, preview, written
from gongkai.applications.letters.facts import (
    Applicant,
    Application,
    Facts,
    Matter,
    Office,
    Private,
)
from gongkai.applications.letters.fields import FIELDS, Field, fields_for, fields_to_fill
from gongkai.applications.letters.printing import docx, pdf

__all__ = [
    "FIELDS",
    "Applicant",
    "Application",
    "Asked",
    "Composed",
    "Facts",
    "Field",
    "Matter",
    "Office",
    "Private",
    "asked",
    "check_template",
    "check_text",
    "compose",
    "docx",
    "fields_for",
    "fields_to_fill",
    "pdf",
    "preview",
    "written",
]
