"""主动公开：from the draft of a document to the public page, and until it is repealed."""
