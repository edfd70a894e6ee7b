"""门户：published yearly reports by year, one report, its files, figures over the years."""
