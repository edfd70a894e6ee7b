"""工作台：the reports of an organ, one report, the lists behind its figures, the calls."""
