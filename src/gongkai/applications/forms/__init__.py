"""表单：what is typed into the pages of applications."""
