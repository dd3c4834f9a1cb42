"""Tags for money: `{% load funds %}`."""

from __future__ import annotations

from django import template

from klynge.web.funds import classes, money
from klynge.web.funds.forms import CERTAINTIES
from klynge.web.funds.models import Account

register = template.Library()


@register.filter
def kroner(ore: int | None) -> str:
    """An amount with its unit; a dash for none."""
    return "–" if ore is None else money.kroner(ore)


@register.filter
def exact(ore: int | None) -> str:
    """An amount with two decimals and no unit, for a column."""
    return "–" if ore is None else money.exact(ore)


@register.filter
def signed(ore: int) -> str:
    """An amount with its sign, for a difference."""
    return f"+{money.exact(ore)}" if ore > 0 else money.exact(ore)


@register.filter
def class_title(kind: str) -> str:
    """What a class of budget line is called."""
    return classes.title(kind)


@register.filter
def account_title(kind: str) -> str:
    """What a kind of account is called."""
    return str(Account.Kind(kind).label)


@register.filter
def sure(certainty: str) -> str:
    """How sure a fact is, in words; "Sikker" too."""
    return str(dict(CERTAINTIES)[certainty])


@register.filter
def class_titles(kinds: list[str]) -> str:
    """Several classes in words."""
    return ", ".join(classes.title(kind).lower() for kind in kinds)


@register.filter
def f_split(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


@register.filter
def as_float(number: object) -> float:
    """A fraction as a number that can be written with decimals."""
    return float(number)  # type: ignore[arg-type]
