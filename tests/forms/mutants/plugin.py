"""Loaded by pytest before anything of the engine: puts the mistake named in MUTANT into its module."""

import importlib.machinery
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

from typing_extensions import override

from tests.forms.mutants.catalogue import MUTANTS, Mutant


class MutantGone(Exception):
    """The words that a mutant changes are not in its module (any more), or more than once."""


def mutated(source: str, mutant: Mutant) -> str:
    """A module's source with the mistake in it."""
    if source.count(mutant.right) != 1:
        raise MutantGone(f"{mutant.name}: {source.count(mutant.right)} places in {mutant.module}")
    return source.replace(mutant.right, mutant.wrong)


class _Loader(SourceFileLoader):
    """Compiles the mutated source, and never what is cached of the right one."""

    def __init__(self, mutant: Mutant, path: str) -> None:
        super().__init__(mutant.module, path)
        self._mutant = mutant

    @override
    def get_code(self, fullname: str) -> CodeType:
        del fullname
        source = mutated(self.get_data(self.path).decode("utf-8"), self._mutant)
        return compile(source, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    @override
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del target
        if fullname != self._mutant.module:
            return None
        right = PathFinder.find_spec(fullname, path)
        assert right is not None
        assert right.origin is not None
        return importlib.machinery.ModuleSpec(fullname, _Loader(self._mutant, right.origin), origin=right.origin)


def mutate(name: str) -> None:
    """Let a module be imported with its mistake."""
    mutant = next(each for each in MUTANTS if each.name == name)
    assert mutant.module not in sys.modules, "it has been imported already"
    sys.meta_path.insert(0, _Finder(mutant))


if "MUTANT" in os.environ:
    mutate(os.environ["MUTANT"])
