"""What may be public: every field of a page's snapshot is one that this test knows, by name and by type."""

import types
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAliasType, Union, get_args, get_origin
from uuid import UUID

import pytest
from pydantic import AwareDatetime, BaseModel

from tocsin.contracts.page_snapshot import PageSnapshot

TEXTS = {
    "AffectedComponent.name",
    "PageSnapshot.description",
    "PageSnapshot.home_url",
    "PageSnapshot.key_prefix",
    "PageSnapshot.name",
    "PageSnapshot.subscribe_url",
    "PageSnapshot.support_url",
    "PageSnapshot.time_zone",
    "PageSnapshot.url",
    "PageTheme.accent",
    "PageTheme.accent_dark",
    "PageTheme.logo",
    "PageTheme.logo_alt",
    "PageTheme.logo_dark",
    "SnapshotComponent.description",
    "SnapshotComponent.name",
    "SnapshotGroup.description",
    "SnapshotGroup.name",
    "SnapshotMonth.month",
    "SnapshotReport.title",
    "SnapshotUpdate.body",
}
"""Words that people write for the public, and what is made of a page's slug and looks. Whoever adds one asks who writes
it, and whether a stranger may read it.
"""
IDS = {
    "AffectedComponent.id",
    "PageSnapshot.page_id",
    "SnapshotComponent.group_id",
    "SnapshotComponent.id",
    "SnapshotGroup.id",
    "SnapshotReport.component_ids",
    "SnapshotReport.id",
    "SnapshotUpdate.id",
}
"""Of a page and its parts alone: nothing inside is named by these."""
FIGURES = (bool, int, float, AwareDatetime, date)
NEVER = {"email", "address", "user", "person", "team", "org", "header", "excerpt", "secret", "token", "monitor"}


def leaves(model: type[BaseModel]) -> dict[str, set[Any]]:
    """Every field below a model as Model.field, with the types that it holds in the end."""
    found: dict[str, set[Any]] = {}
    for name, field in model.model_fields.items():
        types_of = set(ends(field.annotation))
        for one in list(types_of):
            if isinstance(one, type) and issubclass(one, BaseModel):
                found |= leaves(one)
                types_of.discard(one)
        if types_of:
            found[f"{model.__name__}.{name}"] = types_of
    return found


def ends(annotation: Any) -> list[Any]:
    """The types in a type: of unions, lists, aliases and annotations."""
    if isinstance(annotation, TypeAliasType):
        return ends(annotation.__value__)
    origin = get_origin(annotation)
    if origin is Annotated:
        return ends(get_args(annotation)[0])
    if origin is Literal:
        return [Literal]
    if origin in (Union, types.UnionType, list):
        return [end for argument in get_args(annotation) for end in ends(argument)]
    return [] if annotation is types.NoneType else [annotation]


FIELDS = leaves(PageSnapshot)


def test_every_text_and_every_id_is_known_to_be_public() -> None:
    assert {name for name, found in FIELDS.items() if str in found} == TEXTS
    assert {name for name, found in FIELDS.items() if UUID in found} == IDS


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_holds_nothing_but_known_types(name: str) -> None:
    for one in FIELDS[name]:
        is_word = isinstance(one, type) and issubclass(one, StrEnum)
        assert one in (str, UUID, Literal, *FIGURES) or is_word, f"{name} holds {one}"


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_is_named_after_what_is_private(name: str) -> None:
    field = name.partition(".")[2]
    assert NEVER.isdisjoint(field.split("_"))
