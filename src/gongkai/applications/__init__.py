"""依申请公开（第四章）：from the citizen's request to the archived, defensible reply."""
