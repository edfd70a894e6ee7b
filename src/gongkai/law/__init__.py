"""法：statutes, working days, deadlines, outcomes, fees, remedies and numbers, pure."""
