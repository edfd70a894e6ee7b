"""工作台：the door for the staff: what is due, worst first, and what the machine could not do."""
