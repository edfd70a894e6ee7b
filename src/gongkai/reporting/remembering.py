"""记住底数：what was counted stays true until a record changes, and every change is in the trail.

A page that is checked again with every pause in typing shall not count a register of a million
anew each time. For what is frozen, submitted or published it is always counted anew.
"""

from __future__ import annotations

from hashlib import sha256

from django.core.cache import cache

from gongkai.reporting.assembling import Ground, ground_of
from gongkai.reporting.models import Filing
from gongkai.trail.models import Head

#: A guard for what might change without a step: read in by hand, or lapsed in the night.
KEPT_SECONDS = 300


def remembered_ground(filing: Filing) -> Ground:
    """底数：as it was counted since the last step anybody took on anything; else counted now."""
    seal = Head.objects.values_list("seal", flat=True).filter(pk=1).first() or ""
    told = f"{seal}|{filing.organ_id}|{filing.year}|{filing.scope}|{filing.basis}|{filing.call_id}"
    key = f"reporting.ground:{sha256(told.encode()).hexdigest()}"
    ground: Ground | None = cache.get(key)
    if ground is None:
        ground = ground_of(filing)
        cache.set(key, ground, KEPT_SECONDS)
    return ground
