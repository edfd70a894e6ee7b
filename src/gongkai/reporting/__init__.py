"""年报编制：the yearly report counted from the records, checked, approved, summed up, published."""
