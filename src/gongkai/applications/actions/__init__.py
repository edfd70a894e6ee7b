"""依申请公开的办理：what people do with an application; each deed has its ``why_not_…``."""
