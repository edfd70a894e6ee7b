"""上传的几个文件：one box that takes several files; whether each may be kept is asked later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

#: What the box of the browser offers; what a file really is, its content says.
ACCEPTED = ".docx,.doc,.xlsx,.xls,.pptx,.ppt,.pdf,.ofd,.png,.jpg,.jpeg,.gif,.tif,.tiff,.txt,.zip"
#: So many at once, and altogether for one purpose.
MOST = 10


class _Several(forms.FileInput):
    """A file box for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """几个文件：cleans to a list, empty when none was chosen."""

    def __init__(self, *, images: bool = False, **options: Any) -> None:
        accept = ".jpg,.jpeg,.png,.pdf" if images else ACCEPTED
        super().__init__(widget=_Several({"accept": accept, "multiple": True}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each by itself; more than ten are refused."""
        given: Sequence[UploadedFile[bytes]] = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given if one]
        if not files:
            super().clean(None, initial)
        if len(files) > MOST:
            raise forms.ValidationError(
                f"一次最多上传{MOST}个文件，请分几次上传或者打成一个压缩包。"
            )
        return files
