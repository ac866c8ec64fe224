"""Changes a definition in one small place at a time: the mistakes a hand could make in its SQL."""

from collections.abc import Callable, Iterator

import sqlglot
from sqlglot import exp

Change = Callable[[exp.Expr], object]

_SWAPPED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.And: exp.Or,
    exp.Or: exp.And,
    exp.Min: exp.Max,
    exp.Max: exp.Min,
    exp.Lead: exp.Lag,
    exp.Lag: exp.Lead,
    exp.LogicalAnd: exp.LogicalOr,
    exp.LogicalOr: exp.LogicalAnd,
}


def mutants(sql: str) -> Iterator[tuple[str, str]]:
    """Give each mutant of a query: what was changed, and the changed query.

    A change that stands twice is told apart by a number at its end.
    """
    tree = sqlglot.parse_one(sql, read="duckdb")
    same = tree.sql("duckdb")
    seen: dict[str, int] = {}
    for number, node in enumerate(tree.walk()):
        changes = list(_changes(node))
        shown = _shown(node) if changes else ""
        for what, change in changes:
            copy = tree.copy()
            target = next(each for place, each in enumerate(copy.walk()) if place == number)
            change(target)
            changed = copy.sql("duckdb", copy=False)
            if changed == same:
                continue
            name = f"{what}: {shown}"
            seen[name] = seen.get(name, 0) + 1
            yield name if seen[name] == 1 else f"{name} ({seen[name]})", changed


def _shown(node: exp.Expr) -> str:
    text = node.sql("duckdb", comments=False)
    return text if len(text) <= 90 else f"{text[:60]} ... {text[-25:]}"


def _changes(node: exp.Expr) -> Iterator[tuple[str, Change]]:
    if (other := _SWAPPED.get(type(node))) is not None:
        yield other.__name__, lambda target: target.replace(other(**target.args))
    if isinstance(node, exp.And):
        # Leaving out a condition: an exclusion, a bound, half of a join.
        yield "left out the second of", lambda target: target.replace(target.this)
        yield "left out the first of", lambda target: target.replace(target.expression)
    if isinstance(node, exp.Where | exp.Having):
        yield "left out", lambda target: target.pop()
    if isinstance(node, exp.Not):
        yield "no longer not", lambda target: target.replace(target.this)
    if isinstance(node, exp.Literal) and str(node.this).isdigit():
        for step in (-1, 1):
            yield (
                f"{step:+d}",
                lambda target, step=step: target.replace(
                    exp.Literal(this=str(int(target.this) + step), is_string=target.is_string)
                ),
            )
    elif isinstance(node, exp.Literal) and node.is_string:
        yield "another word for", lambda target: target.replace(exp.Literal.string("~"))
    if isinstance(node, exp.Boolean):
        yield "opposite", lambda target: target.replace(exp.Boolean(this=not target.this))
    if isinstance(node, exp.Coalesce):
        yield "no default for", lambda target: target.replace(target.this)
    if isinstance(node, exp.Greatest | exp.Least):
        yield "only the first of", lambda target: target.replace(target.this)
        yield "only the last of", lambda target: target.replace(target.expressions[-1])
    if isinstance(node, exp.If) and isinstance(node.parent, exp.Case):
        yield "left out the branch", _without_branch
    if isinstance(node, exp.Case) and node.args.get("default") is not None:
        yield "left out the ELSE of", lambda target: target.set("default", None)
    if isinstance(node, exp.Window) and node.args.get("partition_by"):
        for place in range(len(node.args["partition_by"])):
            yield (
                f"not by column {place + 1} in",
                lambda target, place=place: target.args["partition_by"].pop(place),
            )
    if isinstance(node, exp.Ordered):
        # Where blanks are said to come first, that is what the order is for.
        which = "nulls_first" if node.args.get("nulls_first") else "desc"
        yield "the other way round", lambda target: target.set(which, not target.args.get(which))
    if isinstance(node, exp.Select) and node.args.get("distinct"):
        yield "no DISTINCT in", lambda target: target.set("distinct", None)
    if isinstance(node, exp.Union):
        yield (
            "the other kind of union in",
            lambda target: target.set("distinct", not target.args.get("distinct")),
        )
    if isinstance(node, exp.Join) and node.side == "LEFT":
        yield "inner", lambda target: target.set("side", None)


def _without_branch(branch: exp.Expr) -> None:
    case = branch.parent
    assert isinstance(case, exp.Case)
    if len(case.args["ifs"]) == 1:
        case.replace(case.args.get("default") or exp.Null())
    else:
        branch.pop()
