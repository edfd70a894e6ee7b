"""模板语言：fields in double braces, and no more than if, for, with and three filters.

It is Django's own template language, because it is documented, kept up and never evaluates code;
what it could do beyond printing words is not there: no loaders, no other tags and filters, no
settings, and values are plain text, lists and dictionaries. Letters are plain text, so nothing is
escaped as HTML.

``{% 逐项答复 %} … {% 逐项答复完 %}`` holds what is said of one matter. With several matters it is
printed for each under 一、二、三…, each in the words of the letter its own outcome calls for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template import Context, Engine, Library, TemplateSyntaxError
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Parser,
    Template,
    Token,
    Variable,
    VariableNode,
)
from django.template.defaulttags import ForNode, IfNode, WithNode, comment, do_for, do_if, do_with

from gongkai.errors import BadInput
from gongkai.law.articles import cite
from gongkai.law.numerals import chinese

EACH, EACH_END = "逐项答复", "逐项答复完"
#: A line break inside a value, while the template is printed: a code that is no character.
BREAK = "\ufdd0"
#: The key under which the printing of the matters lies in a context; no field can have it.
MATTERS = "逐项答复的印法"

register = Library()
register.tag("if", do_if)
register.tag("for", do_for)
register.tag("with", do_with)
register.tag("comment", comment)


@register.filter("条文")
def provision(citation: str) -> str:
    """条文：``{{ "条例第三十三条第三款"|条文 }}`` printed as a letter cites it; it must exist."""
    return str(cite(citation))


@register.filter("并列")
def listed(values: Any) -> str:
    """并列：a list as 甲、乙、丙."""
    return values if isinstance(values, str) else "、".join(map(str, values))


@register.filter("汉字")
def spelled(number: Any) -> str:
    """汉字数字：3 as 三."""
    return chinese(int(number))


class EachMatter(Node):
    """逐项答复：what is said of one matter."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """The matters one by one, or the only one."""
        return str(context[MATTERS](self.nodelist, context))


@register.tag(EACH)
def each_matter(parser: Parser, token: Token) -> EachMatter:
    """逐项答复：the tag."""
    nodelist = parser.parse((EACH_END,))
    parser.delete_first_token()
    return EachMatter(nodelist)


class _Restricted(Engine):
    default_builtins = ["gongkai.applications.letters.language"]  # noqa: RUF012


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return _Restricted(loaders=[], autoescape=False)


@dataclass(frozen=True, slots=True)
class Use:
    """引用：a field a template prints or asks about, with the part behind the dot."""

    field: str
    part: str = ""


@lru_cache(maxsize=256)
def parse(text: str) -> Template:
    """读模板：BadInput, in a sentence, for what is not the language."""
    text = text.replace("\r\n", "\n")
    if BREAK in text:
        raise BadInput("模板里有不能使用的字符，请重新输入")
    try:
        return Template(text, engine=_engine())
    except TemplateSyntaxError as problem:
        raise BadInput(f"模板写法有误：{_in_words(str(problem))}") from None


def render(template: Template, values: Mapping[str, object]) -> str:
    """套用模板。"""
    return template.render(Context(dict(values), autoescape=False, use_l10n=False, use_tz=False))


def each_of(template: Template) -> NodeList | None:
    """逐项答复部分：what the template says of one matter, None if it has no such part."""
    for node in template.nodelist.get_nodes_by_type(EachMatter):
        assert isinstance(node, EachMatter)
        return node.nodelist
    return None


def uses(template: Template) -> Iterator[Use]:
    """用到的要素：every field in the template; the parts of a list under the list's own name."""
    yield from _uses(template.nodelist, {})


def _uses(nodes: NodeList, known: dict[str, str]) -> Iterator[Use]:
    for node in nodes:
        here = known
        if isinstance(node, VariableNode):
            yield from _expression(node.filter_expression, known)
        elif isinstance(node, IfNode):
            for condition, _ in node.conditions_nodelists:
                yield from _condition(condition, known)
        elif isinstance(node, ForNode):
            yield from _expression(node.sequence, known)
            here = known | dict.fromkeys(node.loopvars, _root(node.sequence, known))
            here["forloop"] = ""
        elif isinstance(node, WithNode):
            here = dict(known)
            for name, expression in node.extra_context.items():
                yield from _expression(expression, known)
                here[name] = _root(expression, known)
        for children in node.child_nodelists:
            if isinstance(inner := getattr(node, children, None), NodeList):
                yield from _uses(inner, here)


def _condition(condition: Any, known: dict[str, str]) -> Iterator[Use]:
    for side in (getattr(condition, "first", None), getattr(condition, "second", None)):
        if side is not None:
            yield from _condition(side, known)
    if isinstance(expression := getattr(condition, "value", None), FilterExpression):
        yield from _expression(expression, known)


def _expression(expression: FilterExpression | str, known: dict[str, str]) -> Iterator[Use]:
    if isinstance(expression, str):
        return
    variables = [expression.var] if isinstance(expression.var, Variable) else []
    for _, arguments in expression.filters:
        variables += [value for is_variable, value in arguments if is_variable]
    for variable in variables:
        if not variable.lookups:
            continue
        root, *parts = variable.lookups
        if root not in known:
            yield Use(root, ".".join(parts))
        elif known[root]:
            yield Use(known[root], ".".join(parts))


def _root(expression: FilterExpression | str, known: dict[str, str]) -> str:
    variable = None if isinstance(expression, str) else expression.var
    if not isinstance(variable, Variable) or not variable.lookups:
        return ""
    root = variable.lookups[0]
    return known.get(root, root)


def citations(template: Template) -> Iterator[str]:
    """引用的法条：the constants handed to the filter 条文."""
    for node in template.nodelist.get_nodes_by_type(VariableNode):
        assert isinstance(node, VariableNode)
        expression = node.filter_expression
        if any(filter_ is provision for filter_, _ in expression.filters) and isinstance(
            expression.var, str
        ):
            yield str(expression.var)


_WORDS = (
    ("Unclosed tag", "有标签没有结束"),
    ("Invalid block tag", "有不认识的标签（只能用if、for、with和“逐项答复”）"),
    ("Invalid filter", "有不认识的过滤器（只能用“条文”“并列”“汉字”）"),
    ("Could not parse", "有一处花括号里的内容看不懂"),
    ("may not begin with underscores", "要素名不能以下划线开头"),
    ("Empty variable tag", "有一处花括号里没有写要素名"),
    ("Unexpected end", "有一处条件没有写完"),
    ("for", "循环的写法应当是“for 一项 in 清单”"),
)


def _in_words(problem: str) -> str:
    return next((words for mark, words in _WORDS if mark in problem), "请检查花括号和标签")
