"""The description of the API (OpenAPI 3.1), made from the records that it takes and gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from siaga import __version__
from siaga.base.record import Record
from siaga.serve.api.exports import EXPORTS, Export
from siaga.serve.api.problems import DETAILS, MEDIA_TYPE, Problem
from siaga.serve.api.resources import ITEMS, LISTS, Item, List
from siaga.serve.api.writing import WRITES, Write

__all__ = ["PATH", "description"]

PATH: Final = "/api/v1"
JSON = "application/json"
TEMPLATE = "#/components/schemas/{name}"
REFUSALS = (400, 401, 403)
Tree = dict[str, Any]


def description() -> Tree:
    """The description of every path, as OpenAPI 3.1 has it."""
    components = _components()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Siaga", "version": __version__, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "summary": "Crisis early warning from the news: sourced facts and warnings.",
        },
        "servers": [{"url": PATH}],
        "security": [{"token": []}, {"session": []}],
        "paths": _paths(components),
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "siaga token add NAME"},
                "session": {"type": "apiKey", "in": "cookie", "name": "siaga"},
            },
        },
    }  # fmt: skip


def _components() -> Tree:
    """The schemas of all records, by name."""
    given = (*(one.item for one in (*LISTS, *ITEMS)), *(kind for one in WRITES for kind in (one.body, one.answer)))
    asked = (*(one.asked for one in LISTS), *(one.asked for one in ITEMS), *(one.asked for one in EXPORTS))
    kinds = tuple(dict.fromkeys((*given, *asked, Problem)))
    _, components = msgspec.json.schema_components(kinds, ref_template=TEMPLATE)
    return {name: _plain(schema) for name, schema in components.items()}


def _plain(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """A schema without what repeats our docstrings' line breaks."""
    if isinstance(schema, dict):
        return {name: _plain(value) for name, value in schema.items()}
    if isinstance(schema, list):
        return [_plain(value) for value in schema]
    return " ".join(schema.split()) if isinstance(schema, str) and "\n" in schema else schema


def _paths(components: Tree) -> Tree:
    paths: dict[str, Tree] = {}
    for path, method, operation in _operations(components):
        paths.setdefault(path, {})[method] = operation
    return paths


def _operations(components: Tree) -> Iterator[tuple[str, str, Tree]]:
    yield (
        "/openapi.json",
        "get",
        _operation("description", "This description.", [], _answers({"type": "object"})),
    )
    for one in LISTS:
        yield f"/{one.name}", "get", _list(one, components)
    for item in ITEMS:
        yield f"/{item.name}/{{id}}", "get", _item(item, components)
    for export in EXPORTS:
        yield f"/{export.name}", "get", _export(export, components)
    for write in WRITES:
        yield f"/{write.name}", "post", _write(write)


def _list(one: List, components: Tree) -> Tree:
    page = {
        "type": "object", "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": _ref(one.item)},
            "next": {"type": ["string", "null"], "description": "`cursor` of the next page; null if this is the last."},
        },
    }  # fmt: skip
    return _operation(
        f"list-{one.name}",
        one.says,
        _parameters(one.asked, components),
        _answers(page, 404, 422),
    )


def _item(item: Item, components: Tree) -> Tree:
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}},
        *_parameters(item.asked, components),
    ]
    return _operation(f"show-{item.name}", item.says, parameters, _answers(_ref(item.item), 404))


def _export(export: Export, components: Tree) -> Tree:
    parameters = [one for one in _parameters(export.asked, components) if one["name"] not in {"limit", "cursor"}]
    answers = _problems(422) | {
        "200": {"description": "As asked for.", "content": {export.media_type.partition(";")[0]: {}}}
    }
    return _operation(f"export-{export.name}", f"All {export.name}, as a stream.", parameters, answers)


def _write(write: Write) -> Tree:
    answers = _problems(404, 415, 422) | {"201": _answer(_ref(write.answer))}
    operation = _operation(f"add-{write.name}", write.says, [], answers)
    return operation | {"requestBody": {"required": True, "content": {JSON: {"schema": _ref(write.body)}}}}


def _operation(name: str, says: str, parameters: list[Tree], answers: Tree) -> Tree:
    return {"operationId": name, "summary": says, "parameters": parameters, "responses": answers}


def _parameters(asked: type[Record], components: Tree) -> list[Tree]:
    """The fields of what is asked, as parameters of the query."""
    schema = components[asked.__name__]
    required = schema.get("required", ())
    return [
        {
            "name": name, "in": "query", "required": name in required, "schema": field,
            **({"description": field["description"]} if "description" in field else {}),
        }
        for name, field in schema["properties"].items()
    ]  # fmt: skip


def _answers(schema: Tree, *more: int) -> Tree:
    """What is answered to GET: what was asked for, or a problem."""
    return {"200": _answer(schema)} | _problems(*more)


def _answer(schema: Tree) -> Tree:
    return {"description": "As asked for.", "content": {JSON: {"schema": schema}}}


def _problems(*more: int) -> Tree:
    content = {MEDIA_TYPE: {"schema": _ref(Problem)}}
    return {str(one): {"description": DETAILS[one], "content": content} for one in (*REFUSALS, *more, 503)}


def _ref(kind: type[Record]) -> Tree:
    return {"$ref": TEMPLATE.format(name=kind.__name__)}
