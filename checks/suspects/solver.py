"""One smallest set of cells by the mixed-integer solver, where the exact search has to stop."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from checks.suspects.quiet import hush_c_stdout
from checks.suspects.search import Found, SmallSet, smallest_sets
from checks.suspects.system import Integers, System

_STEPS: Final = 1000
_INFEASIBLE: Final = 2
MOST_EXACT: Final = 400_000
"""Numbers from which the solver is no judge. It takes for whole what is whole to a millionth: a
switch of 0.000001 would let a cell change by 1 that may change by a million, and count as off."""


def one_smallest_set(system: System, seconds: float) -> Found | None:
    """Return the least number of cells and one set of so many; None where time does not suffice.

    It is complete only where there is no set at all. Of an unknown cell's candidates the solver
    only knows the range, so that the number may be too small, and then there is no set.

    Each cell has a change within `System.bound` and a switch that says whether it changes; the
    sum of the switches is made least (HiGHS).
    """
    count, bound = len(system.addresses), system.bound
    if not _is_small(system):
        return None
    hush_c_stdout()
    # SciPy takes longer to load than all else here takes to run, and is hardly ever needed.
    from scipy.optimize import Bounds, LinearConstraint, milp

    costly = (~system.free).astype(float)
    falls = np.where(system.free, system.figures, np.maximum(system.figures, 0))
    none = np.zeros((len(system.weights), count))
    # change ≤ bound · switch, and change ≥ −figure · switch
    rows = np.vstack(
        [
            np.hstack([system.weights, none]),
            np.hstack([np.eye(count), -bound * np.eye(count)]),
            np.hstack([-np.eye(count), -np.diag(falls.astype(float))]),
        ]
    )
    most = np.concatenate([-system.residuals, np.zeros(2 * count)])
    least = np.where(np.arange(len(rows)) < len(system.weights), most, -np.inf)
    answer = milp(
        np.concatenate([np.zeros(count), costly]),
        constraints=LinearConstraint(rows, least, most),
        bounds=Bounds(
            np.concatenate([-system.figures, np.zeros(count)]),
            np.concatenate([_highest(system, bound), np.ones(count)]),
        ),
        integrality=np.ones(2 * count, np.int64),
        options={"time_limit": seconds},
    )
    if answer.status == _INFEASIBLE:
        return Found((), 0, True)
    if answer.status != 0:
        return None
    changed: Integers = np.flatnonzero((np.rint(answer.x[:count]) != 0) & ~system.free)
    return Found(_with_ranges(system, changed), len(changed), False)


def is_feasible(system: System, seconds: float) -> bool | None:
    """Say whether the free cells alone can make every equation hold; None where time does not suffice.

    Each free cell with candidates takes exactly one of them (a switch for each); one without is
    any whole number ≥ 0.
    """
    if not _is_small(system):
        return None
    hush_c_stdout()
    from scipy.optimize import Bounds, LinearConstraint, milp

    free = np.flatnonzero(system.free).tolist()
    columns, switches = [], []
    for at in free:
        options = system.choices[at]
        values = (1,) if options is None else options
        columns += [system.weights[:, at] * value for value in values]
        switches += [None if options is None else at for _value in values]
    chosen = [at for at in free if system.choices[at] is not None]
    if sum(abs(int(value)) for at in chosen for value in system.choices[at] or ()) >= MOST_EXACT:
        return None
    one_each = np.array([[float(owner == at) for owner in switches] for at in chosen])
    wanted = system.weights[:, free] @ system.figures[free] - system.residuals
    rows = np.vstack([np.array(columns, np.float64).T, one_each.reshape(len(chosen), len(columns))])
    sides = np.concatenate([wanted, np.ones(len(chosen))])
    highest = [np.inf if owner is None else 1.0 for owner in switches]
    answer = milp(
        np.zeros(len(columns)),
        constraints=LinearConstraint(rows, sides, sides),
        bounds=Bounds(np.zeros(len(columns)), np.array(highest)),
        integrality=np.ones(len(columns), np.int64),
        options={"time_limit": seconds},
    )
    return {0: True, _INFEASIBLE: False}.get(answer.status)


def _is_small(system: System) -> bool:
    """Say whether the numbers of a system are such that the solver's answer can be believed."""
    largest = [max(map(abs, options)) for options in system.choices if options]
    return max(system.bound, int(np.abs(system.figures).max(initial=0)), *largest, 0) < MOST_EXACT


def _highest(system: System, bound: int) -> NDArray[np.float64]:
    """Return how much each cell can rise; of candidates in between the search decides."""
    return np.array(
        [
            bound if options is None else max(options) - figure
            for options, figure in zip(system.choices, system.figures.tolist(), strict=True)
        ],
        np.float64,
    )


def _with_ranges(system: System, changed: Integers) -> tuple[SmallSet, ...]:
    """Return the set of these cells with the values that they can have."""
    columns = np.union1d(changed, np.flatnonzero(system.free))
    alone = replace(
        system,
        addresses=tuple(system.addresses[at] for at in columns),
        weights=system.weights[:, columns],
        constants=system.residuals - system.weights[:, columns] @ system.figures[columns],
        figures=system.figures[columns],
        free=system.free[columns],
        choices=tuple(system.choices[at] for at in columns),
    )
    for found in smallest_sets(alone, _STEPS).sets:
        return (SmallSet(tuple((int(columns[at]), values) for at, values in found.values)),)
    return ()
