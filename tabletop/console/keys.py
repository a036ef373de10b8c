"""Keys: every binding of ours has an id, and this is where its keys stand.

Main verbs sit on function keys and ctrl, so that they work while a text field has the focus;
letters are aliases where none has. A person's own keys come from `[keys]` in `settings.toml`, by
id: `pause = "f9,ctrl+t"`. Ids of one screen begin with that screen's name.
"""

import re
from collections.abc import Mapping

from textual.binding import Binding

from tabletop.wording import say

KEYS: Mapping[str, str] = {
    # everywhere
    "help": "f1,question_mark",
    "palette": "ctrl+p",
    "quit": "ctrl+q,f10",
    "back": "escape",
    "page_up": "pageup,ctrl+b",
    "page_down": "pagedown,ctrl+f",
    # lists
    "list.up": "up,k",
    "list.down": "down,j",
    "list.first": "home",
    "list.last": "end",
    "list.page_up": "pageup",
    "list.page_down": "pagedown",
    "list.select": "enter",
    "list.mark": "space",
    "verb.press": "enter",
    # moving in text, among fields and along a row
    "move.up": "up,k",
    "move.down": "down,j",
    "move.first": "home",
    "move.last": "end",
    "move.left": "left",
    "move.right": "right",
    "field.up": "up",
    "field.down": "down",
    **{f"number.{n}": str(n) for n in range(1, 10)},
    # the home screen and the screens around an exercise
    "home.quit": "q",
    "setup.start": "f5,ctrl+s",
    "past.delete": "delete,f7,d",
    "library.papers": "f6,d",
    "papers.save": "f5,ctrl+s",
    # the exercise
    "exercise.reason": "f2,r",
    "exercise.confidence": "f3,c",
    "exercise.share": "f4,s",
    "exercise.say": "f5,t",
    "exercise.notes": "f6,n",
    "exercise.brief": "f7,b",
    "exercise.pause": "f8,p",
    "exercise.care": "f8,p",
    "exercise.on": "f9,ctrl+n",
    "exercise.earlier": "ctrl+e,e",
    "exercise.terms": "ctrl+t,g",
    "exercise.skip": "ctrl+k,x",
    "exercise.step_out": "ctrl+o",
    "exercise.clock": "ctrl+l",
    "exercise.next_part": "ctrl+right,right_square_bracket",
    "exercise.previous_part": "ctrl+left,left_square_bracket",
    "exercise.pass": "ctrl+g",
    **{f"exercise.{n}": str(n) for n in range(1, 10)},
    "words.done": "enter",
    "feed.on": "enter,space",
    # the author's workbench
    "author.play": "p,f5",
    "author.role": "r,f3",
    "author.next_part": "right_square_bracket,ctrl+right",
    "author.previous_part": "left_square_bracket,ctrl+left",
    "author.outline": "o",
    "author.findings": "f",
    "author.sees": "s",
    "author.marks": "m",
    "author.map": "g",
    "author.numbers": "n",
    "author.papers": "d,f6",
    # the curtain between private screens
    "curtain.ready": "space",
    # after a session's exercise
    "after.send": "f6,ctrl+s",
    "after.read": "f9,ctrl+n",
    # conducting a session
    "conduct.on": "f9,ctrl+n",
    "conduct.wash": "f9,ctrl+n",
    "conduct.read": "f7,d",
    "conduct.settle": "f7,s",
    "conduct.release": "f3,i",
    "conduct.observe": "f5,o",
    "conduct.pause": "f8,p",
    "conduct.resume": "f8,p",
    "conduct.more": "f4,m",
    "conduct.people": "f6,w",
    "conduct.told": "ctrl+e,e",
    "conduct.table": "ctrl+t,t",
    "conduct.rehearsed": "f2",
    "conduct.next_part": "ctrl+right,right_square_bracket,tab",
    "conduct.previous_part": "ctrl+left,left_square_bracket,shift+tab",
    "wash.next": "f9,right,n",
    "wash.previous": "f7,left,p",
    "wash.screen": "f8,x",
    "wash.form": "f3,l",
    "door.begin": "f9,ctrl+n",
    "door.balance": "f5,b",
    "door.rehearse": "f7,r",
    "door.list": "f3,l",
    "door.open": "ctrl+o",
    "door.lock": "ctrl+l",
    "door.code": "f4,c",
    # the debrief
    "debrief.next": "f9,right,n",
    "debrief.previous": "f7,left,p",
    "debrief.save": "f6,ctrl+s",
    "debrief.again": "f5",
    "debrief.papers": "f8",
    "debrief.what_if": "f4,w",
    "debrief.more": "space",
    "debrief.up": "up,k",
    "debrief.down": "down,j",
}
"""The keys of each binding, by id."""


def bind(
    id: str,
    action: str,
    description: str,
    *,
    keys: str = "",
    show: bool = True,
    priority: bool = False,
) -> Binding:
    """A binding whose keys stand in `KEYS`, or are given for an id that is not there."""
    return Binding(
        keys or KEYS[id],
        action,
        description,
        show=show,
        priority=priority,
        id=id,
    )


def own(wished: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """A person's own keys that can be used, and a sentence on the first that can't."""
    good: dict[str, str] = {}
    problem = ""
    for id, keys in wished.items():
        named = [key.strip() for key in keys.split(",")]
        if id not in KEYS:
            problem = problem or _unknown(id)
        elif not all(KEY.fullmatch(key) for key in named):
            problem = problem or say(
                'The setting [keys] {id} is left aside: {keys} names no key, as in "f9,ctrl+t".',
                id=id,
                keys=keys[:60],
            )
        else:
            good[id] = ",".join(named)
    return good, problem


def _unknown(id: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(id, KEYS, 1)
    if near:
        return say(
            "The setting [keys] {id} is left aside: nothing has that name. Did you mean {near}?",
            id=id[:60],
            near=near[0],
        )
    return say("The setting [keys] {id} is left aside: nothing has that name.", id=id[:60])


KEY = re.compile(r"((ctrl|alt|shift|super)\+)*([a-z][a-z0-9_]*|[!-~])", re.ASCII)

NAMES = {
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pageup": "page up",
    "pagedown": "page down",
    "escape": "esc",
    "delete": "del",
}


def shown(key: str) -> str:
    """A key as people read it."""
    return "+".join(NAMES.get(part, part) for part in key.split("+"))
