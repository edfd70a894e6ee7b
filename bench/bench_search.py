"""检索：numbers and titles asked of the embedded index, beside plain LIKE and plain FTS5 pairs.

A million entries as an archive of many organs has them; BENCH_ENTRIES sets another number.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
ENTRIES = int(os.environ.get("BENCH_ENTRIES", 1_000_000))
LIMIT_MS = 5.0


def _words(text):
    return text.split()


_PLACES = _words(
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安 正定 藁城 鹿泉 栾城 井陉"
)
_SIGNS = _words("政 政办 财 教 卫 人社 环 交 农 水 审 商 市监 医保 退役 民 司 发改 自然资 住建")
_VERBS = _words("印发 修订 废止 调整 开展 加强 做好 规范 优化 推进 公布 组织 落实 取消 下达")
_THINGS = _words(
    "营商环境 行政执法 财政预算 部门决算 安全生产 食品安全 政务服务 政务公开 乡村振兴 义务教育 "
    "医疗保障 住房公积金 城市更新 污染防治 防汛抗旱 森林防火 社会救助 就业创业 科技创新 招标投标 "
    "数据共享 老旧小区改造 养老服务 公共交通 农业保险 耕地保护 取水许可 行政复议 信用体系 工程建设"
)
_FORMS = _words(
    "实施方案 管理办法 若干措施 工作要点 行动计划 实施细则 目录清单 暂行规定 考核办法 应急预案"
)


def entries(number: int):
    """Deterministic, with titles of about thirty characters, all of them different."""
    from gongkai.search.entry import Entry

    dice = random.Random(20251231)
    for pk in range(number):
        place, year = dice.choice(_PLACES), dice.randint(2008, 2025)
        one, other = dice.sample(_THINGS, 2)
        title = (
            f"{place}市人民政府关于{dice.choice(_VERBS)}{one}和{other}"
            f"{dice.choice(_FORMS)}（第{pk}批）的通知"
        )
        yield Entry(
            id=f"documents:{pk}",
            kind=dice.choice(("文件", "解读", "公告", "规划")),
            title=title,
            number=f"{place[:1]}{dice.choice(_SIGNS)}发〔{year}〕{dice.randint(1, 400)}号",
            index_number=f"{dice.randint(10**8, 10**8 + 999)}/{year}-{pk % 100_000:05d}",
            organ=f"{place}市人民政府",
            topic=one,
            date=date(year, 1, 1) + timedelta(days=dice.randrange(365)),
            validity=dice.choice(("有效", "有效", "废止")),
            url=f"/documents/{pk}/",
        )


def main() -> None:
    """Milliseconds of processor time, this process; the median and the worst of the queries."""
    sys.path.insert(0, str(TESTS))
    os.environ["DJANGO_SETTINGS_MODULE"] = "trial_settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    begun = time.process_time()
    _fill()
    took = time.process_time() - begun
    print(f"{connection.vendor}, {ENTRIES:,} entries, filled at {ENTRIES / took:,.0f} a CPU second")
    _one_by_one()
    print(f"\n{'':<34}{'median':>9}{'worst':>9}{'limit ÷ worst':>15}{'worst by clock':>15}")
    for label, queries, filters in _questions():
        _ask(label, queries, filters)
    if connection.vendor == "sqlite":
        _peers(Path(connection.settings_dict["NAME"]))


def _fill() -> None:
    from gongkai.search.entry import Provider
    from gongkai.search.index import index

    made = entries(ENTRIES)
    provider = Provider(
        "documents", "文件", lambda: range(ENTRIES), lambda keys: [next(made) for _ in keys]
    )
    for _ in index().refill(provider):
        pass


def _one_by_one() -> None:
    from dataclasses import replace

    from gongkai.search.index import index

    some = [replace(one, id=f"single:{n}") for n, one in enumerate(entries(200))]
    begun = time.process_time()
    for one in some:
        index().put(one)
    print(f"one put in a transaction of its own: {(time.process_time() - begun) * 5:.2f} ms")
    index().drop(*(one.id for one in some))


def _questions():
    from gongkai.search.entry import Filters

    sample = list(entries(min(ENTRIES, 2_000)))[::40]
    none = Filters()
    yield "文号 whole", [one.number for one in sample], none
    yield (
        "文号 typed otherwise",
        [one.number.replace("〔", "[").replace("〕", "] ") for one in sample],
        none,
    )
    yield "文号 sign and year", [one.number.partition("〕")[0] for one in sample], none
    yield "索引号 whole", [one.index_number for one in sample], none
    yield "索引号 beginning", [one.index_number[:14] for one in sample], none
    yield "title whole", [one.title for one in sample], none
    yield "title, two rare words", ["防汛抗旱 取水许可", "耕地保护 农业保险", "雄安 行政复议"], none
    yield "title, one common word", ["通知", "人民政府", "实施方案", "营商环境"], none
    yield "title, one character", ["水", "通", "的"], none
    yield (
        "title, a slip of the pen",
        ["石家庄市人民政府关于印发营伤环境", "耕地保护和取水午可目录"],
        none,
    )
    yield "title, nothing", ["量子计算", "通知通知的的"], none
    rare = Filters(organ="雄安市人民政府", kind="规划", validity="废止")
    yield "common word, narrow filter", ["通知", "实施方案", "的通知"], rare
    yield "nothing asked, narrow filter", [""], rare
    days = Filters(since=date(2012, 3, 1), until=date(2012, 3, 31))
    yield "common word, one month of 2012", ["通知", "实施方案"], days


def _ask(label, queries, filters) -> None:
    from gongkai.search.index import index

    times, waits = [], []
    for query in queries:
        rounds = []
        for _ in range(4):
            begun = time.perf_counter()
            spent = _timed(lambda query=query: index().find(query, filters=filters))
            rounds.append((spent, (time.perf_counter() - begun) * 1_000))
        spent, waited = min(rounds)
        times.append(spent)
        waits.append(waited)
    middle, worst = statistics.median(times), max(times)
    print(f"{label:<34}{middle:>9.2f}{worst:>9.2f}{LIMIT_MS / worst:>15.1f}{max(waits):>15.2f}")


def _timed(work) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1_000


def _peers(file: Path) -> None:
    """The same titles by LIKE and by an FTS5 trigram index, in the same file."""
    base = sqlite3.connect(file)
    like = "SELECT title FROM search_card WHERE title LIKE '%营商环境%' ORDER BY rank DESC LIMIT 21"
    rare = "SELECT title FROM search_card WHERE title LIKE '%量子计算%' ORDER BY rank DESC LIMIT 21"
    print(f"\n{'peer: LIKE, common word':<34}{_timed(lambda: base.execute(like).fetchall()):>9.2f}")
    print(f"{'peer: LIKE, nothing':<34}{_timed(lambda: base.execute(rare).fetchall()):>9.2f}")
    base.execute(
        "CREATE VIRTUAL TABLE temp.peer USING fts5(title, tokenize='trigram', detail='none')"
    )
    base.execute("INSERT INTO temp.peer (rowid, title) SELECT rank, title FROM search_card")
    ask = "SELECT rowid FROM temp.peer WHERE peer MATCH ? ORDER BY rowid DESC LIMIT 21"
    for label, term in (
        ("营商环境 in trigrams", '"营商环" AND "商环境"'),
        ("two characters", '"通知"'),
    ):
        spent = _timed(lambda term=term: base.execute(ask, [term]).fetchall())
        rows = len(base.execute(ask, [term]).fetchall())
        print(f"{'peer: FTS5 ' + label:<34}{spent:>9.2f}{rows:>9} found")
    base.close()
    print(f"file: {file.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
