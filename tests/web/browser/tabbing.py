"""A walk through a page with the Tab key alone."""

from __future__ import annotations

from playwright.sync_api import Page

MOST_STOPS = 600

# Everything that can be used and seen, each with a number of its own.
NUMBER_THEM = """() => {
  const usable = 'a[href], button, input:not([type=hidden]), select, textarea, summary,' +
    ' [tabindex="0"]';
  return [...document.querySelectorAll(usable)]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
    .map((one, number) => { one.dataset.number = number; return number; });
}"""
WHERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), inner = one.querySelector('rect');
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  const drawn = inner && getComputedStyle(inner).strokeWidth !== '0.35px';
  return {number: one.dataset.number ?? '', seen: Boolean(outlined || drawn),
          text: (one.getAttribute('aria-label') || one.textContent || one.name || '').trim()};
}"""


def tabbed_through(page: Page) -> tuple[set[str], list[str]]:
    """What Tab never reached, by number on the page; and what it reached without showing where."""
    wanted = {str(number) for number in page.evaluate(NUMBER_THEM)}
    reached, unseen = set(), []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here is None:
            break
        reached.add(here["number"])
        if not here["seen"]:
            unseen.append(here["text"])
    return wanted - reached, unseen
