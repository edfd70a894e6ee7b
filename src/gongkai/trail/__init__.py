"""留痕：who did what, when, and what it was before and after; append-only and hash-chained."""
