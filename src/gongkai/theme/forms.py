"""表单样式：every form is drawn by the same two templates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.forms import DateInput as DjangoDateInput
from django.forms.renderers import TemplatesSetting

from gongkai.errors import GongkaiError


class Renderer(TemplatesSetting):
    """表单：error summary, fields with hint and error tied to them by ``aria-describedby``."""

    form_template_name = "theme/form.html"
    field_template_name = "theme/field.html"


class DateInput(DjangoDateInput):
    """日期：the browser's own picker; typed dates of any usual form are understood too."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


@contextmanager
def sentence_of(kind: type[GongkaiError] = GongkaiError) -> Iterator[None]:
    """An error of the house raised while a field is cleaned becomes the field's own sentence."""
    try:
        yield
    except kind as problem:
        raise ValidationError(str(problem)) from problem


def add_sentence(form: BaseForm, problem: GongkaiError) -> None:
    """出错说在表单上：put an error an action raised at the head of the form it came from."""
    form.add_error(None, str(problem))
