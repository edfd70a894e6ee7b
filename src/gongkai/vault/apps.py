"""密存：the app."""

from __future__ import annotations

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """密存。"""

    name = "gongkai.vault"
    label = "vault"
    verbose_name = "密存"
