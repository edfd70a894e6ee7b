"""内置引擎：put, dropped, found; on whichever database the tests run."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from gongkai.errors import BadInput
from gongkai.search import index as registry
from gongkai.search.embedded import Embedded, rank_of
from gongkai.search.entry import Entry, Filters, Provider
from gongkai.search.index import index, provide, rebuild
from gongkai.search.models import Card, Key

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2025, 1, 1)


def make_entry(pk, title="关于进一步优化营商环境的通知", **fields):
    fields.setdefault("date", NEW_YEAR + timedelta(days=pk))
    fields.setdefault("kind", "文件")
    return Entry(id=f"documents:{pk}", title=title, url=f"/documents/{pk}/", **fields)


def put(*entries):
    index().put(*entries)


def found(query, **options):
    return [entry.id for entry in index().find(query, **options)]


def ids(*pks):
    return [f"documents:{pk}" for pk in pks]


def test_what_is_put_is_found_as_it_was():
    entry = make_entry(
        1,
        number="石政发〔2025〕1号",
        index_number="000014349/2025-00001",
        organ="石家庄市人民政府",
        topic="营商环境",
        validity="有效",
    )
    put(entry)

    page = index().find("营商环境")

    assert page.entries == (entry,)
    assert (page.total, page.capped, page.relaxed, page.after) == (1, False, False, "")


@pytest.mark.parametrize(
    "query",
    [
        "营商环境",
        "營商環境",
        "营 商环境",
        "优化 营商",
        "进一步优化营商环境",
        "石政发〔2025〕1号",
        "石政发[2025]1号",
        "石政發（２０２５）1 号",
        "石政发2025",
        "石政发",
        "000014349/2025-00001",
        "索引号：000014349／2025—00001",
        "000014349",
        "“优化营商环境”的通知",
        "境",
    ],
)
def test_a_document_is_found_however_it_is_asked_for(query):
    put(
        make_entry(1, number="石政发〔2025〕1号", index_number="000014349/2025-00001"),
        make_entry(
            2, "财政预算公开", number="石财〔2025〕7号", index_number="000099999/2025-00001"
        ),
    )

    assert found(query) == ids(1)


@pytest.mark.parametrize("query", ["住房公积金", "商营", "石政发〔2025〕2号", "？！", "x" * 500])
def test_what_is_not_there_is_not_found(query):
    put(make_entry(1, number="石政发〔2025〕1号"))

    assert index().find(query).entries == ()


@pytest.mark.parametrize(
    "query",
    [
        '" OR "1',
        "') OR 1=1 --",
        "NEAR(a b)",
        "营商* NOT 环境",
        "\x00",
        "a:b",
        "'营商':*",
        "\\",
        "﷽",
    ],
)
def test_a_query_is_words_and_never_commands(query):
    put(make_entry(1))

    index().find(query)


def test_the_newest_come_first_and_those_without_a_day_last():
    put(make_entry(1), make_entry(3), make_entry(2), make_entry(9, date=None))

    assert found("营商环境") == ids(3, 2, 1, 9)


def test_a_whole_title_and_a_whole_number_come_before_what_cites_them():
    put(
        make_entry(1, number="石政发〔2025〕1号"),
        make_entry(2, "关于废止《关于进一步优化营商环境的通知》（石政发〔2025〕1号）的决定"),
    )

    assert found("关于进一步优化营商环境的通知") == ids(1, 2)
    assert found("石政发〔2025〕1号") == ids(1, 2)


def test_numbers_that_begin_alike_are_listed_from_the_last():
    put(
        *(
            make_entry(pk, number=f"石政发〔{year}〕{pk}号")
            for pk, year in [(2, 2025), (10, 2025), (7, 2024)]
        )
    )

    assert found("石政发") == ids(10, 2, 7)
    assert found("石政发2025") == ids(10, 2)


def test_an_empty_query_lists_what_passes_the_filters():
    put(make_entry(1, kind="文件"), make_entry(2, kind="解读"))

    assert found("") == ids(2, 1)
    assert found("", filters=Filters(kind="解读")) == ids(2)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(kind="解读"), ids(2)),
        (Filters(organ="市财政局"), ids(3)),
        (Filters(topic="财政"), ids(3)),
        (Filters(validity="废止"), ids(1)),
        (Filters(since=NEW_YEAR + timedelta(days=2)), ids(3, 2)),
        (Filters(until=NEW_YEAR + timedelta(days=2)), ids(2, 1)),
        (Filters(since=NEW_YEAR + timedelta(days=2), until=NEW_YEAR + timedelta(days=2)), ids(2)),
        (Filters(kind="解读", organ="市财政局"), []),
    ],
)
@pytest.mark.parametrize("query", ["营商环境", "石政发", "关于进一步优化营商环境的通知"])
def test_filters_hold_whichever_way_a_thing_is_found(query, filters, kept):
    put(
        make_entry(1, number="石政发〔2025〕1号", validity="废止"),
        make_entry(2, number="石政发〔2025〕2号", kind="解读"),
        make_entry(3, number="石政发〔2025〕3号", organ="市财政局", topic="财政"),
        make_entry(4, number="石政发〔2025〕4号", date=None),
    )
    assert found(query, filters=filters) == kept


@pytest.mark.parametrize(
    "query", ["", "营商环境", "石政发", "关于进一步优化营商环境的通知", "进一步优化营伤环境"]
)
def test_page_after_page_shows_everything_once(query):
    put(*(make_entry(pk, number=f"石政发〔2025〕{pk}号") for pk in range(1, 24)))

    seen, after = [], ""
    for _ in range(5):
        page = index().find(query, limit=5, after=after)
        seen += [entry.id for entry in page]
        after = page.after
    assert (sorted(seen), after) == (sorted(ids(*range(1, 24))), "")


def test_what_leads_the_first_page_does_not_come_again_on_the_next():
    put(make_entry(0, number="石政发〔2025〕1号"))
    put(*(make_entry(pk, f"关于废止石政发〔2025〕1号的决定（{pk}）") for pk in range(1, 12)))

    first = index().find("石政发〔2025〕1号", limit=5)
    second = index().find("石政发〔2025〕1号", limit=5, after=first.after)
    third = index().find("石政发〔2025〕1号", limit=5, after=second.after)

    shown = [entry.id for page in (first, second, third) for entry in page]
    assert shown == ids(0, *range(11, 0, -1))
    assert third.after == ""


@pytest.mark.parametrize(
    "query",
    ["进一步优化营伤环境", "进一步优化商营环境", "进一步优化营环境通知", "进一步优化营商的环境"],
)
def test_one_slip_of_the_pen_still_finds(query):
    put(make_entry(1), make_entry(2, "关于住房公积金缴存比例的通知"))

    page = index().find(query)

    assert ([entry.id for entry in page], page.relaxed) == (ids(1), True)


def test_put_again_replaces_and_dropped_is_gone():
    put(make_entry(1, number="石政发〔2025〕1号"), make_entry(2))

    put(make_entry(1, "关于财政预算的通知", date=date(2026, 1, 1)))
    assert found("营商环境") == ids(2)
    assert found("财政预算") == ids(1)
    assert index().find("石政发〔2025〕1号").entries == ()

    index().drop("documents:1", "documents:404")
    assert found("财政预算") == []
    assert (
        Card.objects.count(),
        Key.objects.exclude(card_id__in=Card.objects.values("pk")).count(),
    ) == (1, 0)


def test_a_rolled_back_change_is_not_found():
    with transaction.atomic():
        put(make_entry(1))
        transaction.set_rollback(True)

    assert found("营商环境") == []


def test_two_that_would_stand_in_one_place_both_stand(monkeypatch):
    monkeypatch.setattr("gongkai.search.embedded.rank_of", lambda entry: 7)

    put(make_entry(1), make_entry(2))
    put(make_entry(3))

    assert sorted(found("营商环境")) == ids(1, 2, 3)


def test_a_count_stops_at_its_cap(monkeypatch):
    monkeypatch.setattr("gongkai.search.embedded.CAP", 10)
    put(*(make_entry(pk, number=f"石政发〔2025〕{pk}号") for pk in range(1, 13)))

    for query in ("营商环境", "石政发", ""):
        page = index().find(query, limit=3)
        assert (page.total, page.capped) == (10, True)


@pytest.mark.parametrize("after", ["x", "w", "wabc", "k", "kzz.1", "k00", "w" + "9" * 30, "w-1"])
def test_a_page_nobody_gave_is_refused(after):
    put(make_entry(1, number="石政发〔2025〕1号"))

    with pytest.raises(BadInput, match="翻页的地址有误"):
        index().find("石政发", after=after)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    "query", ["", "营商环境", "石政发〔2025〕1号", "石政发", "进一步优化营伤环境"]
)
def test_queries_do_not_grow_with_rows(django_assert_max_num_queries, rows, query):
    put(*(make_entry(pk, number=f"石政发〔2025〕{pk}号") for pk in range(1, rows + 1)))

    # The eighth is the first look of a process at how common the words are.
    with django_assert_max_num_queries(8):
        page = index().find(query)

    assert len(page) == (1 if query.endswith("1号") else min(rows, 20))


def hits(query, **options):
    return index().hits(query, source="documents", **options)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(kind="解读"),
        Filters(organ="市财政局", topic="财政"),
        Filters(validity="废止"),
        Filters(since=NEW_YEAR + timedelta(days=3), until=NEW_YEAR + timedelta(days=7)),
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        "营商环境",
        "境",
        "石政发",
        "石政发2025",
        "石政发〔2025〕3号",
        "石政发〔2025〕99号",
        "关于进一步优化营商环境的通知",
        "进一步优化营伤环境",
        "关于石政发〔2025〕1号",
        "住房公积金",
        "000014349",
    ],
)
def test_hits_are_what_a_list_shows(query, filters):
    put(
        *(
            make_entry(
                pk,
                number=f"石政发〔2025〕{pk}号",
                index_number=f"000014349/2025-{pk:05d}",
                kind="解读" if pk % 2 else "文件",
                organ="市财政局" if pk % 3 else "",
                topic="财政" if pk % 3 else "",
                validity="废止" if pk % 4 else "有效",
            )
            for pk in range(1, 10)
        ),
        make_entry(20, "关于废止石政发〔2025〕1号的决定", kind="解读", date=None),
    )

    assert hits(query, filters=filters) == found(query, filters=filters)


@pytest.mark.parametrize("query", ["", " ", "？！", "\x00", "'营商':*", "%s"])
def test_without_words_there_are_no_hits(query):
    put(make_entry(1, "关于财政预算的通知"))

    assert hits(query) == []


def test_hits_of_one_room_are_not_crowded_out_by_another():
    put(make_entry(1), make_entry(2))
    put(*(
        Entry(id=f"guides:{n}", kind="指南", title="营商环境指南", url="/g/", date=date(2026, 1, n))
        for n in range(1, 9)
    ))  # fmt: skip

    assert hits("营商环境", limit=2) == ids(2, 1)
    assert index().hits("营商环境", source="guides", limit=1) == ["guides:8"]
    assert index().hits("营商环境", source="news") == []


def test_whole_titles_are_the_first_of_few_hits():
    put(
        make_entry(1),
        *(make_entry(pk, f"转发关于进一步优化营商环境的通知（{pk}）") for pk in (2, 3)),
    )

    assert hits("关于进一步优化营商环境的通知", limit=2) == ids(1, 3)


@pytest.mark.parametrize("query", ["营商环境", "石政发", "进一步优化营伤环境", "住房公积金"])
def test_hits_take_one_statement(django_assert_num_queries, query):
    put(*(make_entry(pk, number=f"石政发〔2025〕{pk}号") for pk in range(1, 31)))
    hits(query)  # how common the words are is known

    with django_assert_num_queries(1):
        hits(query)


def test_a_rank_is_the_day_before_all():
    early, late = make_entry(1, date=date(1949, 10, 1)), make_entry(2, date=date(2099, 12, 31))

    assert 0 < rank_of(make_entry(3, date=None)) < rank_of(early) < rank_of(late) < 2**63


# ── 重建 ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def library(monkeypatch):
    """A room with things of its own, as a table of key → entry."""
    monkeypatch.setattr(registry, "_PROVIDERS", {})
    things = {}
    provide(
        Provider(
            source="documents",
            label="文件",
            keys=lambda: list(things),
            entries=lambda keys: [things[key] for key in keys if key in things],
        )
    )
    return things


def test_a_rebuild_takes_in_what_is_given_and_forgets_the_rest(library):
    put(make_entry(1), make_entry(2))
    put(Entry(id="guides:1", kind="指南", title="营商环境指南", url="/g/", date=NEW_YEAR))
    library.update({pk: make_entry(pk) for pk in range(2, 700)})

    progress = [done for _, done in rebuild()]

    assert progress == [500, 698]
    assert index().find("营商环境").total == 699  # those of another room stay
    assert "documents:1" not in set(Card.objects.values_list("entry_id", flat=True))


def test_what_is_withdrawn_while_the_index_is_rebuilt_does_not_come_back(library):
    library.update({pk: make_entry(pk) for pk in range(1, 701)})
    progress = rebuild("documents")

    next(progress)
    del library[600]
    index().drop("documents:600")
    list(progress)

    assert found("营商环境", limit=1000, filters=Filters(since=NEW_YEAR)) == ids(
        *(pk for pk in range(700, 0, -1) if pk != 600)
    )


def test_a_source_nobody_provides_cannot_be_rebuilt(library):
    with pytest.raises(BadInput, match="没有“news”这个来源；已有：documents。"):
        list(rebuild("news"))


def test_the_engine_is_the_one_the_settings_name(settings):
    settings.SEARCH_INDEX = "gongkai.search.embedded.Embedded"

    assert isinstance(index(), Embedded)
    assert connection.vendor in {"sqlite", "postgresql"}
