"""人对案件做的事：register, answer, hear, decide, appeal, obey, learn, close."""
