"""导入登记簿：an earlier register of requests, from XLSX or CSV, with a report of doubts."""
