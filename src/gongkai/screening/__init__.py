"""发布前筛查：text in, findings with place, reason and advice out. Points, never decides."""
