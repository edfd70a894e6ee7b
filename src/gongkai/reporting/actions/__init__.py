"""年报的办理：call, fill, check, approve, submit, clear, publish, sum up."""
