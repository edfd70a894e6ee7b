"""通知：what the house tells people outside the page, by e-mail, text message and webhook."""
