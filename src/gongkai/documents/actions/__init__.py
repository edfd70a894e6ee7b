"""主动公开的办理：what people do with documents; each deed has its ``why_not_…`` beside it."""
