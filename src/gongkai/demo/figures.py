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
#: 依申请公开：新收343件，没有上年结转，也没有结转下年；表三 by outcome and category of applicant.
#: Where the report has one row and the law two ways to answer, the split is invented.
REQUESTS = {
    "A1": {"person": 11, "business": 1},
    "A2": {"person": 17, "business": 1},
    "B": {"person": 9},
    "C1": {"person": 5},
    "C5": {"person": 5},
    "C7": {"person": 1},
    "C8": {"person": 7},
    "D1a": {"person": 64, "business": 1, "charity": 1},
    "D1b": {"person": 176, "business": 4},
    "D2": {"person": 16},
    "E1": {"person": 8},
    "E2": {"person": 5},
    "F1": {"person": 1},
    "F3a": {"person": 4},
    "F3b": {"person": 6},
}
#: 行政复议、行政诉讼
REVIEWS, SUITS = 12, 9
