"""附件的查询。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef

if TYPE_CHECKING:
    from gongkai.files.models import Blob  # noqa: F401  (the type of the rows)


class BlobQuery(models.QuerySet["Blob"]):
    """文件内容的查询。"""

    def unowned(self) -> BlobQuery:
        """无主的：no record of any room holds them."""
        from gongkai.files.models import OwnedFile

        rows = self
        for link in self.model._meta.get_fields(include_hidden=True):
            owner = link.related_model
            if isinstance(owner, type) and issubclass(owner, OwnedFile):
                held = owner._default_manager.filter(blob=OuterRef("pk"))
                rows = rows.filter(~Exists(held))
        return rows

    def unread(self, version: int) -> BlobQuery:
        """没有读过的，或者是用旧办法读的。"""
        return self.exclude(reading__version__gte=version)
