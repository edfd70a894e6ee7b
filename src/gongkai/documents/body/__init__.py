"""正文：from what was handed in to clean, semantic HTML, and what can be read out of it."""
