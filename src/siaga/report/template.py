"""Templates without logic: `{{name}}` is a value, `{{#name}}…{{/name}}` is repeated for each of a list.

Nothing in a template is run, and nothing in a value is taken for a template. That is a small part of Mustache
(https://mustache.github.io/mustache.5.html); values are escaped for HTML where the text is HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from siaga.base.errors import GivenError

__all__ = ["Ready", "Values", "filled", "filled_as", "filled_html"]

Values = Mapping[str, "str | Sequence[Values]"]
_TAG = re.compile(r"\{\{(?:#(?P<many>\w+)\}\}(?P<body>.*?)\{\{/(?P=many)|(?P<one>\w+))\}\}", re.DOTALL)


class Ready(str):
    """A value that is written already as the template's kind of text has it, and is not escaped again."""

    __slots__ = ()


def filled(template: str, values: Values) -> str:
    """A template of plain text with its values.

    >>> filled("{{a}}{{#b}} <{{c}}>{{/b}}", {"a": "{{c}}", "b": [{"c": "1"}, {"c": "2"}]})
    '{{c}} <1> <2>'

    Raises:
        GivenError: it names what there is not.

    """
    return _filled(template, values, str)


def filled_html(template: str, values: Values) -> str:
    """A template of HTML with its values, in which nothing is taken for markup.

    Raises:
        GivenError: it names what there is not.

    """
    return _filled(template, values, escape)


def filled_as(template: str, values: Values, written: Callable[[str], str]) -> str:
    """A template of another kind of text with its values.

    Args:
        template: the text.
        values: by name.
        written: how a value is written there.

    Raises:
        GivenError: it names what there is not.

    """
    return _filled(template, values, written)


def _filled(template: str, values: Values, written: Callable[[str], str]) -> str:
    return _TAG.sub(lambda tag: _value(tag, values, written), template)


def _value(tag: re.Match[str], values: Values, written: Callable[[str], str]) -> str:
    name = tag["many"] or tag["one"]
    if name not in values:
        raise GivenError(f"template: unknown {{{{{name}}}}}. There are {', '.join(sorted(values))}")
    value = values[name]
    if tag["one"]:
        if isinstance(value, Ready):
            return str(value)
        return written(value) if isinstance(value, str) else _misused(name)
    if isinstance(value, str):
        _misused(name)
    rows = (one for one in value if isinstance(one, Mapping))
    return "".join(_filled(tag["body"], {**values, **one}, written) for one in rows)


def _misused(name: str) -> str:
    raise GivenError(f"template: {{{{{name}}}}} is used as a value and a list; it is only one of them")
