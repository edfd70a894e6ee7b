"""门户：applying, tracking, the calculator of dates, complaints."""
