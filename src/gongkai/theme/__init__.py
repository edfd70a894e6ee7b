"""页面样式：base pages, components, tokens and template tags; knows no subject."""
