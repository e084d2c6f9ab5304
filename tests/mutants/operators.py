"""The mutants of a module's text: each changes one operator, constant, term, statement or pair of arguments."""

from __future__ import annotations

import ast
import copy
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
OTHER_CALL = {"any": "all", "all": "any", "min": "max", "max": "min"}
TYPING_CALLS = {"isinstance", "issubclass", "cast", "TypeVar", "NewType"}


@dataclass(frozen=True)
class Mutant:
    """One change of one file.

    ``file`` is relative to the checkout; ``first`` and ``last`` are the lines changed, counted from 1; ``header`` the
    lines of the statement around them; ``line`` the text of the first line, stripped; ``written`` takes the place of
    the bytes from ``begin`` to ``end``; ``top`` is the statement of the module it stands in where it runs while the
    module is imported, and None inside a function's body.
    """

    file: str
    first: int
    last: int
    header: tuple[int, int]
    line: str
    change: str
    begin: int = field(repr=False)
    end: int = field(repr=False)
    written: str = field(repr=False)
    top: ast.stmt | None = field(repr=False, compare=False)

    @property
    def name(self) -> tuple[str, str, str]:
        """What it is known by when lines move: the file, its line's text, the change."""
        return self.file, self.line, self.change

    def order(self, seed: int) -> bytes:
        """Return where it stands among all mutants in the order that ``seed`` makes."""
        return hashlib.sha256(repr((seed, *self.name, self.first)).encode()).digest()

    def text(self, text: str) -> str:
        """Return the changed module, from its own text."""
        whole = text.encode()
        return (whole[: self.begin] + self.written.encode() + whole[self.end :]).decode()


def mutants(file: str, text: str) -> list[Mutant]:
    """Return every mutant of a module, by line."""
    made: dict[tuple[int, str, str], Mutant] = {}
    lines = text.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    for place, node, replacement, note in Walk(ast.parse(text)).changes():
        before, after = one_line(node), note or one_line(replacement)
        plain = isinstance(replacement, ast.Constant | ast.stmt)
        written = one_line(replacement) if plain else f"({one_line(replacement)})"
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        mutant = Mutant(
            file,
            node.lineno,
            node.end_lineno or node.lineno,
            place.header,
            lines[node.lineno - 1].decode().strip(),
            f"{before} → {after}",
            begin,
            end,
            written,
            place.top,
        )
        made.setdefault((begin, before, after), mutant)
    return sorted(made.values(), key=lambda mutant: (mutant.first, mutant.change))


def one_line(node: ast.AST) -> str:
    """Return a node's text on one line."""
    return " ".join(ast.unparse(node).split())


@dataclass(frozen=True)
class Place:
    """Where a node stands: the header of its statement, and the module's statement if it runs at import."""

    header: tuple[int, int]
    top: ast.stmt | None


Change = tuple[Place, "ast.expr | ast.stmt", "ast.expr | ast.stmt", str]


class Walk:
    """One pass over a module that offers a replacement for each node that has one."""

    def __init__(self, module: ast.Module) -> None:
        self.module = module

    def changes(self) -> Iterator[Change]:
        """Return each place, the node there, what replaces it, and how that is said where it is not its text."""
        for statement in self.module.body:
            yield from self._statement(statement, statement, frozenset())

    def _statement(
        self, statement: ast.stmt, top: ast.stmt | None, bound: frozenset[str]
    ) -> Iterator[Change]:
        if (
            is_docstring(statement)
            or is_typing(statement)
            or isinstance(statement, ast.Import | ast.ImportFrom)
        ):
            return
        blocks = [block for block in blocks_of(statement) if block]
        last = statement.end_lineno or statement.lineno
        if blocks:
            last = max(statement.lineno, min(block[0].lineno for block in blocks) - 1)
        place = Place((statement.lineno, last), top)
        if top is None:
            for replacement, note in dropped(statement, bound):
                yield place, statement, replacement, note
        if isinstance(statement, ast.If | ast.While):
            yield from negated(statement.test, place)
        for expression in expressions_of(statement):
            yield from self._expression(expression, place)
        inner = None if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) else top
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            bound = frozenset(
                argument.arg for argument in ast.walk(statement.args) if isinstance(argument, ast.arg)
            )
        for block in blocks:
            within = bound
            for child in block:
                yield from self._statement(child, inner, within)
                within |= {
                    node.id
                    for node in ast.walk(child)
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
                }

    def _expression(self, node: ast.AST, place: Place) -> Iterator[Change]:
        if isinstance(
            node, ast.JoinedStr
        ):  # a sentence; before Python 3.12 its parts do not know where they stand
            return
        if isinstance(node, ast.expr):
            for replacement in replaced(node, at_import=place.top is not None):
                yield place, node, replacement, ""
        if isinstance(node, ast.IfExp):
            yield from negated(node.test, place)
        if isinstance(node, ast.comprehension):
            for test in node.ifs:
                yield from negated(test, place)
        if isinstance(node, ast.Lambda):
            place = Place(place.header, None)
        for child in ast.iter_child_nodes(node):
            yield from self._expression(child, place)


def negated(test: ast.expr, place: Place) -> Iterator[Change]:
    """Return the contrary of a condition that is a plain term; the other kinds have changes of their own."""
    if isinstance(test, ast.Name | ast.Attribute | ast.Call):
        yield place, test, ast.UnaryOp(ast.Not(), test), ""


def is_docstring(statement: ast.stmt) -> bool:
    """Return whether a statement is only a constant: a docstring, or three dots."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def is_typing(statement: ast.stmt) -> bool:
    """Return whether a statement serves the type checker, or holds the names a module exports."""
    if isinstance(statement, ast.If):
        return one_line(statement.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
    return isinstance(statement, ast.Assign) and one_line(statement.targets[0]) == "__all__"


def blocks_of(statement: ast.stmt) -> list[list[ast.stmt]]:
    """Return the blocks of statements inside one, its branches in their order."""
    blocks = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
    blocks += [handler.body for handler in getattr(statement, "handlers", [])]
    blocks += [case.body for case in getattr(statement, "cases", [])]
    return blocks


def expressions_of(statement: ast.stmt) -> Iterator[ast.AST]:
    """Return a statement's own expressions: no annotations, decorators, bases or targets."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from statement.args.defaults
            yield from (default for default in statement.args.kw_defaults if default is not None)
        case ast.ClassDef():
            return
        case ast.AnnAssign():
            if statement.value is not None:
                yield statement.value
        case _:
            for child in ast.iter_child_nodes(statement):
                if isinstance(child, ast.expr):
                    yield child
                elif isinstance(child, ast.withitem | ast.match_case):
                    yield from (
                        part for part in ast.iter_child_nodes(child) if not isinstance(part, ast.stmt)
                    )


def dropped(statement: ast.stmt, bound: frozenset[str]) -> Iterator[tuple[ast.stmt, str]]:
    """Return what stands in for a statement that is left out; a name's first value is never left out."""
    match statement:
        case ast.Return(value=ast.expr() as value) if one_line(value) != "None":
            yield ast.Return(value=ast.Constant(value=None)), ""
        case ast.Assign(targets=[ast.Name(id=name)]) if name not in bound:
            return
        case ast.AnnAssign(target=ast.Name()) | ast.AnnAssign(value=None):
            return
        case ast.Assign(targets=[ast.Tuple()]):
            return
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.Expr() | ast.Raise() | ast.Delete():
            yield ast.Pass(), "left out"
        case ast.Continue() | ast.Break():
            yield ast.Pass(), "left out"
        case _:
            return
    if isinstance(statement, ast.AugAssign) and type(statement.op) in ARITHMETIC:
        other = copy.copy(statement)
        other.op = ARITHMETIC[type(statement.op)]()
        yield other, ""


def replaced(node: ast.expr, *, at_import: bool) -> Iterator[ast.expr]:
    """Return what may stand in the place of an expression."""
    match node:
        case ast.Compare(left=left, ops=operators, comparators=others):
            for index, operator in enumerate(operators):
                for other in COMPARISONS[type(operator)]:
                    yield ast.Compare(left, [*operators[:index], other(), *operators[index + 1 :]], others)
        case ast.BinOp():
            if (
                type(node.op) in ARITHMETIC
                and not is_text(node)
                and not (at_import and isinstance(node.op, ast.BitOr))
            ):
                yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
        case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            yield from other_terms(node)
        case ast.Constant():
            yield from other_values(node)
        case ast.Subscript(slice=ast.Constant(value=str() as key)):
            yield ast.Subscript(node.value, ast.Constant(value=f"{key}_"), node.ctx)
        case ast.Call():
            yield from other_calls(node)
        case _:
            return


def other_terms(node: ast.BoolOp | ast.UnaryOp) -> Iterator[ast.expr]:
    """Return the terms put together the other way, and with each of them, or a "not", left out."""
    if isinstance(node, ast.UnaryOp):
        yield node.operand
        return
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for index in range(len(node.values)):
        rest = [*node.values[:index], *node.values[index + 1 :]]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def other_values(constant: ast.Constant) -> Iterator[ast.Constant]:
    """Return what a constant may be taken for: the other truth, or a number one more and one less."""
    if isinstance(constant.value, bool):
        yield ast.Constant(value=not constant.value)
    elif isinstance(constant.value, int | float):
        yield ast.Constant(value=constant.value + 1)
        yield ast.Constant(value=constant.value - 1)


def other_calls(call: ast.Call) -> Iterator[ast.Call]:
    """Return the calls that a call may be taken for: another function of its kind, two arguments swapped."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in OTHER_CALL:
        yield ast.Call(ast.Name(OTHER_CALL[name], ast.Load()), call.args, call.keywords)
    if name in TYPING_CALLS:
        return
    for index, (one, other) in enumerate(zip(call.args, call.args[1:], strict=False)):
        starred = isinstance(one, ast.Starred) or isinstance(other, ast.Starred)
        if not starred and ast.dump(one) != ast.dump(other):
            yield ast.Call(
                call.func, [*call.args[:index], other, one, *call.args[index + 2 :]], call.keywords
            )


def is_text(node: ast.BinOp) -> bool:
    """Return whether text is put together here, or filled in: the other operator would only be an error."""
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )
