"""工作台：the register, the page of a case, receiving, settings."""
