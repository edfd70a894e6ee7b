"""年报读取：a published report of any kind, however mangled, read into the model."""
