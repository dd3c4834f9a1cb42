"""Fields that other rooms' models share."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


def by_whom(label: Any) -> models.ForeignKey:
    """Who did it. The row outlives the account, and the account does not list its rows."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )
