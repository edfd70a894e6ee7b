"""机关：organs, the people who work there, what each may do, and their days of work."""
