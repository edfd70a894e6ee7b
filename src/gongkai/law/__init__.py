"""法：statutes, working days, deadlines, outcomes, fees, remedies and numbers, as pure functions of values."""
