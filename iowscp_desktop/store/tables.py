"""The tables. Each is declared as one of four kinds, and the kind says how it may change.

journal     entries, seals and decisions about them: append-only, the truth
blob        bytes of evidence and of tools, addressed by SHA-256, in chunks
local       this computer's own: keys, settings, a log of bundles; never travels
projection  what the journal amounts to now: may be dropped and rebuilt at any moment

A projection named after an event kind (`standing_signed_off`) holds one row for each entry of that kind that is
a head of its register, with a column for each field of the event: the columns follow the event classes, so adding
a kind adds its table. Of answers there are so many that writing them down twice would cost more than it spares:
`standing_answer_recorded` is a view with the same columns, which reads the heads and the entries themselves.
"""

import types
import typing

import msgspec
import sqlalchemy as sa
from sqlalchemy import event as sql_event

from iowscp_desktop.domain.events import KINDS, AnswerRecorded, Event

FORMAT = 1
"""What `PRAGMA user_version` holds: raised, with a step in `migrations`, when any table but a projection changes."""

metadata = sa.MetaData()


def _table(name: str, kind: str, *columns: sa.schema.SchemaItem, rowid: bool = False) -> sa.Table:
    return sa.Table(name, metadata, *columns, info={"kind": kind}, sqlite_strict=True, sqlite_with_rowid=rowid)


def _key(name: str, sort: type[sa.types.TypeEngine[typing.Any]] = sa.INTEGER) -> sa.Column[typing.Any]:
    return sa.Column(name, sort, primary_key=True, nullable=False)


def _must(name: str, sort: type[sa.types.TypeEngine[typing.Any]] = sa.TEXT) -> sa.Column[typing.Any]:
    return sa.Column(name, sort, nullable=False)


# --- journal -------------------------------------------------------------------------------------

space = _table("space", "journal", _key("no"), sa.Column("id", sa.TEXT, nullable=False, unique=True), rowid=True)
stream = _table(
    "stream",
    "journal",
    _key("no"),
    sa.Column("id", sa.TEXT, nullable=False, unique=True),
    sa.Column("device", sa.TEXT),  # empty until the stream itself arrives: an edge may name it before
    sa.Column("space", sa.INTEGER),
    sa.Column("epoch", sa.TEXT),
    sa.Column("last", sa.INTEGER, nullable=False, server_default="0"),
    sa.Column("head", sa.TEXT),
    sa.Column("ours", sa.INTEGER, nullable=False, server_default="0"),
    rowid=True,
)
entry = _table(
    "entry",
    "journal",
    _key("stream"),
    _key("seq"),
    _must("space", sa.INTEGER),
    _must("register"),
    _must("kind"),
    _must("at"),
    _must("author"),
    _must("header", sa.BLOB),
    sa.Column("salt", sa.BLOB),
    sa.Column("payload", sa.BLOB),
    _must("bare", sa.INTEGER),  # 1: its payload stays here and only the commitment travels
    _must("bundle"),  # the digest of the bundle that brought it; empty for our own
    sa.Index("entry_by_register", "space", "register"),
)
seal = _table(
    "seal",
    "journal",
    _key("stream"),
    _key("first"),
    _key("last"),
    _must("head"),
    _must("signature"),
)
certificate = _table("certificate", "journal", _key("device", sa.TEXT), _must("bytes", sa.BLOB))
quarantine = _table("quarantine", "journal", _key("stream"), _key("seq"), _must("reason"), _must("bundle"))
fork = _table(
    "fork",
    "journal",
    _key("stream"),
    _key("seq"),
    _key("hash", sa.TEXT),
    _must("header", sa.BLOB),
    sa.Column("salt", sa.BLOB),
    sa.Column("payload", sa.BLOB),
    _must("bundle"),
)

erased = _table(  # entries whose content is gone for good, here or yet to come: by their numbers
    "erased",
    "journal",
    _key("space", sa.TEXT),
    _key("stream", sa.TEXT),
    _key("first"),
    _key("last"),
)

# --- blob ----------------------------------------------------------------------------------------

blob = _table("blob", "blob", _key("sha256", sa.TEXT), _must("size", sa.INTEGER))
chunk = _table("chunk", "blob", _key("sha256", sa.TEXT), _key("no"), _must("bytes", sa.BLOB))

# --- local ---------------------------------------------------------------------------------------

local = _table("local", "local", _key("name", sa.TEXT), _must("value", sa.BLOB))
bundle = _table(
    "bundle",
    "local",
    _key("digest", sa.TEXT),
    _must("direction"),
    _must("type"),
    _must("signer"),
    _must("number", sa.INTEGER),
    _must("at"),
    _must("space"),
)
audit = _table("audit", "local", _key("no"), _must("link"), _must("line", sa.BLOB))
_APPEND_ONLY = "CREATE TRIGGER audit_no_{name} BEFORE {name} ON audit BEGIN SELECT RAISE(ABORT, 'only added to'); END"
for _deed in ("update", "delete"):  # stops accidents, not whoever has the key: the chain is for those
    _trigger = sa.DDL(_APPEND_ONLY.format(name=_deed))  # type: ignore[no-untyped-call] # SQLAlchemy left it out
    sql_event.listen(audit, "after_create", _trigger)

# --- projection ----------------------------------------------------------------------------------

head = _table(
    "head", "projection", _key("space"), _key("register", sa.TEXT), _key("stream"), _key("seq"), _must("kind")
)
replaced = _table(
    "replaced",
    "projection",
    _key("stream"),
    _key("seq"),
    _key("by_stream"),
    _key("by_seq"),
    _must("space", sa.INTEGER),
    _must("register"),
    sa.Index("replaced_by", "by_stream", "by_seq"),
)
strayed = _table("strayed", "projection", _key("stream"), _key("seq"))


def _column_type(annotation: object) -> type[sa.types.TypeEngine[typing.Any]]:
    if isinstance(annotation, typing.NewType):
        return _column_type(annotation.__supertype__)
    if isinstance(annotation, types.UnionType):
        (inner,) = (part for part in typing.get_args(annotation) if part is not type(None))
        return _column_type(inner)
    return sa.INTEGER if annotation is int or annotation is bool else sa.TEXT


def _fields_of(event: type[Event]) -> list[sa.Column[typing.Any]]:
    hints = typing.get_type_hints(event)
    return [
        sa.Column(field.name, _column_type(hints[field.name]))
        for field in msgspec.structs.fields(event)
        if field.name != "v"
    ]


def _name_of(kind: str) -> str:
    return "standing_" + kind.replace("-", "_")


def _standing_table(kind: str, event: type[Event]) -> sa.Table:
    return _table(
        _name_of(kind),
        "projection",
        _key("in_space", sa.TEXT),  # first, so that a space's rows lie together and no index is needed
        _key("stream"),
        _key("seq"),
        _must("at"),
        _must("author"),
        *_fields_of(event),
    )


def _standing_view(kind: str, event: type[Event]) -> sa.Table:
    """Return a view as a table to ask; it is made and removed with the heads that it reads."""
    columns = [*map(_must, ("in_space", "at", "author", "register")), _must("stream", sa.INTEGER)]
    columns += [_must("seq", sa.INTEGER), _must("payload", sa.BLOB), *_fields_of(event)]
    return sa.Table(_name_of(kind), sa.MetaData(), *columns)


_VIEW = (
    "CREATE VIEW {name} AS SELECT s.id AS in_space, h.stream AS stream, h.seq AS seq, e.at AS at, e.author AS author,"
    " h.register AS register, e.payload AS payload, {fields}"
    " FROM head h JOIN space s ON s.no=h.space JOIN entry e ON e.stream=h.stream AND e.seq=h.seq"
    " WHERE h.kind='{kind}' AND e.payload IS NOT NULL"
    " AND (coalesce({v}, 1)<=1 OR {v}<=9007199254740991 AND {fits})"
)
"""What a newer program wrote under the same kind is shown only if it has these fields."""


def _view_of(kind: str, event: type[Event]) -> str:
    fields: list[str] = []
    fits: list[str] = []
    for field in msgspec.structs.fields(event):
        if field.name != "v":
            at = f"(CAST(e.payload AS TEXT), '$.{field.name}')"
            if is_plain(event, field.name):
                fields.append(f"json_extract{at} AS {field.name}")
                sorts = "'text', 'null'" if _may_be_none(event, field.name) else "'text'"
                fits.append(f"coalesce(json_type{at}, '') IN ({sorts})")
            else:  # an empty list is left out
                fields.append(f"coalesce(json_extract{at}, '[]') AS {field.name}")
                fits.append(f"coalesce(json_type{at}, 'array')='array'")
                fits.append(f"NOT EXISTS (SELECT 1 FROM json_each{at} j WHERE j.type<>'text')")  # noqa: S608 - our own fields
    v = "json_extract(CAST(e.payload AS TEXT), '$.v')"
    return _VIEW.format(name=_name_of(kind), kind=kind, fields=", ".join(fields), v=v, fits=" AND ".join(fits))


def _may_be_none(kind: type[Event], field: str) -> bool:
    return type(None) in typing.get_args(typing.get_type_hints(kind)[field])


def through_heads(kind: type[Event]) -> sa.Subquery:
    """Return what the view of a kind shows but its fields, without the view: an older file, as a backup, has none."""
    tables = head.join(space, space.c.no == head.c.space).join(
        entry, (entry.c.stream == head.c.stream) & (entry.c.seq == head.c.seq)
    )
    columns = (head.c.stream, head.c.seq, entry.c.at, entry.c.author, head.c.register, entry.c.payload)
    is_meant = (head.c.kind == kind.__struct_config__.tag) & entry.c.payload.is_not(None)
    return sa.select(space.c.id.label("in_space"), *columns).select_from(tables).where(is_meant).subquery()


def is_plain(kind: type[Event], field: str) -> bool:
    """Tell whether a field is stored as it is: text or a number. What is not is stored as JSON."""
    return _is_plain(typing.get_type_hints(kind)[field])


def _is_plain(annotation: object) -> bool:
    if isinstance(annotation, typing.NewType):
        return _is_plain(annotation.__supertype__)
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return all(part is type(None) or _is_plain(part) for part in typing.get_args(annotation))
    return annotation is str or annotation is int or annotation is bool


THROUGH_HEADS: typing.Final[frozenset[type[Event]]] = frozenset({AnswerRecorded})
"""The kinds that have no rows of their own, but a view."""

STANDING: dict[type[Event], sa.Table] = {
    event: (_standing_view if event in THROUGH_HEADS else _standing_table)(kind, event) for kind, event in KINDS.items()
}
"""The projection of each kind of event, to be asked."""

KEPT = {event: table for event, table in STANDING.items() if event not in THROUGH_HEADS}
"""The projections that have rows of their own, to be written."""

VIEWS = {STANDING[event].name: _view_of(kind, event) for kind, event in KINDS.items() if event in THROUGH_HEADS}
"""What makes each view, by its name. They come with the table of heads."""

for _statement in VIEWS.values():
    _made = sa.DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call] # SQLAlchemy left it out
    sql_event.listen(head, "after_create", _made)


def columns_of(event: Event) -> dict[str, object]:
    """Return an event's fields as its projection stores them: text and numbers as they are, the rest as JSON."""
    row: dict[str, object] = {}
    for field in msgspec.structs.fields(event):
        if field.name == "v":
            continue
        value = getattr(event, field.name)
        if value is None or isinstance(value, str | int):
            row[field.name] = value
        else:
            row[field.name] = msgspec.json.encode(value).decode()
    return row


def tables_of(kind: str) -> list[sa.Table]:
    """Return the tables of one kind, in a stable order."""
    return [table for table in metadata.sorted_tables if table.info["kind"] == kind]
