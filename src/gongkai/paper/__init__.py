"""公文版式：typesetting in the national layout, on fonts found on the system."""
