"""流程：states and moves as a table, and ``take()``, the only door where a state changes."""
