"""表单：what is typed on the pages of the yearly reports."""
