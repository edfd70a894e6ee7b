"""公开：the law and the practice of Chinese government information disclosure."""

__version__ = "0.1.0"
