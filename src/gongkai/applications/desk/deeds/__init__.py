"""工作台：one page for each deed of handling."""
