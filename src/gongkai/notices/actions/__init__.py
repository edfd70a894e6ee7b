"""通知能做的事：tell somebody something, choose how one is told, send again what did not go."""

from gongkai.notices.actions.choosing import choose, preference_of
from gongkai.notices.actions.resending import resend, why_not_resend
from gongkai.notices.actions.telling import tell, tell_staff

__all__ = ["choose", "preference_of", "resend", "tell", "tell_staff", "why_not_resend"]
