"""导入：documents by the thousand, from files as other systems give them out."""
