"""政府信息公开工作年度报告：the yearly report read, checked, compared and written."""
