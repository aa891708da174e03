"""What expressions of a session may ask for: instances, translations, labels of choices, fresh identifiers."""

import random as randomness
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Protocol

from typing_extensions import override

from iowscp_desktop.forms.definition import Definition
from iowscp_desktop.forms.form import Form
from iowscp_desktop.forms.look import Look
from iowscp_desktop.forms.xform import absolute
from iowscp_desktop.forms.xpath.answers import AnswerNode
from iowscp_desktop.forms.xpath.expressions import Context, Environment
from iowscp_desktop.forms.xpath.nodes import Node
from iowscp_desktop.forms.xpath.values import Value


class Outside(Protocol):
    """The part of the world that expressions see."""

    @property
    def zone(self) -> tzinfo:
        """The zone of dates and times."""
        ...

    @property
    def random(self) -> randomness.Random:
        """Where chance comes from."""
        ...

    @property
    def new_uuid(self) -> Callable[[], str]:
        """Makes identifiers."""
        ...


class Surroundings(Environment):
    """The environment of a session's expressions."""

    def __init__(self, form: Form, document: AnswerNode, moment: datetime, outside: Outside) -> None:
        super().__init__(document, moment=moment, zone=outside.zone, random=outside.random)
        self._form = form
        self._new_uuid = outside.new_uuid
        self.look: Look | None = None
        self._being_said: set[object] = set()
        """Texts and choices that are being put into words: one that comes up inside itself says nothing there."""

    @override
    def new_uuid(self) -> str:
        """A fresh identifier from the world outside."""
        return self._new_uuid()

    @override
    def instance(self, name: str) -> list[Node]:
        """A secondary instance by its id; files by their name as pulldata() has it."""
        found = self._form.instances.get(name) or self._form.instances.get(name.removesuffix(".csv"))
        if found is not None:
            return [found]
        if name in {self._form.xform.instance_id, self._form.id, self._form.places.root.name}:
            return [self.document]
        return []

    @override
    def translation(self, text_id: str, context: Context) -> Value:
        """An itext text in the session's language, with answers put into it."""
        if self.look is None or text_id in self._being_said or not isinstance(context.current, AnswerNode):
            return ""
        place = context.current.shape
        if not isinstance(place, Definition):
            return ""
        wording = self._form.wordsmith.text(text_id, self._form.scope(place))
        current = Context(self, context.current, context.current)
        self._being_said.add(text_id)
        try:
            return wording.text(current, self.look.language) if wording else ""
        finally:
            self._being_said.discard(text_id)

    @override
    def choice_label(self, path: str, value: str, context: Context) -> str:
        """The label of a choice of the question at a path, from where the expression is."""
        current = context.current
        if self.look is None or not isinstance(current, AnswerNode):
            return ""
        place = self._form.places.find(path if path.startswith("/") else absolute(path, current.shape.path))
        if place is None:
            return ""
        shared = place.shares_with(current.shape)
        nodes = current.ancestor(shared).reached(place.lineage()[shared.depth + 1 :])
        if not nodes or nodes[0] in self._being_said:
            return ""
        self._being_said.add(nodes[0])
        try:
            return next((label for found, label in self.look.choices(nodes[0]) if found == value), "")
        finally:
            self._being_said.discard(nodes[0])
