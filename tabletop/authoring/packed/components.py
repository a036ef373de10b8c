"""Components: what leads to each other again and again, each after all that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def components(
    roots: Iterable[Node], after: Callable[[Node], Iterable[Node]]
) -> Iterator[list[Node]]:
    """The strongly connected components of all that roots lead to, those that follow first.

    `after` is asked once for each; whatever it leaves out is left out.
    """
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    on: set[Node] = set()
    for root in roots:
        if root in index:
            continue
        work = [(root, iter(after(root)))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on.add(root)
        while work:
            here, following = work[-1]
            for to in following:
                if to not in index:
                    index[to] = low[to] = len(index)
                    stack.append(to)
                    on.add(to)
                    work.append((to, iter(after(to))))
                    break
                if to in on:
                    low[here] = min(low[here], index[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == index[here]:
                    component: list[Node] = []
                    while not component or component[-1] != here:
                        component.append(stack.pop())
                    on.difference_update(component)
                    yield component[::-1]
