"""2022年的数字：what the 石家庄 2022 report says of the year, as the demonstration fills it."""

from __future__ import annotations

YEAR = 2022

#: 现行有效规章
RULES = 59
#: 行政规范性文件：in force at the end of the year, issued and repealed within it
NORMS_IN_FORCE, NORMS_ISSUED, NORMS_REPEALED = 102, 10, 2
#: 清理：declared lapsed, extended
NORMS_LAPSED, NORMS_EXTENDED = 40, 4
#: 公开政策文件
POLICIES = 166
#: 公开建议提案复文
REPLIES = 92
#: 政府公报：issues, and the policy documents printed in them
GAZETTE_ISSUES, GAZETTE_DOCUMENTS = 12, 50
#: 政府信息公开平台专栏发布信息
PLATFORM_ITEMS = 1_793
#: 各栏目、专题专栏发布信息
ALL_ITEMS = 13_679
#: 政务新媒体发布（微博、微信）
NEW_MEDIA = 3_295
#: 送查阅场所
DELIVERED = 157
