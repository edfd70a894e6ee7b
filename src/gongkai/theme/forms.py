"""表单样式：every form is drawn by the same two templates."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """表单：error summary, fields with hint and error tied to them by ``aria-describedby``."""

    form_template_name = "theme/form.html"
    field_template_name = "theme/field.html"
