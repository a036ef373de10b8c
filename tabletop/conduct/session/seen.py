"""What is seen of a session: by someone who has come, and by those who conduct."""

from tabletop.conduct.room import Room
from tabletop.conduct.session import managing
from tabletop.conduct.session.frames import PersonRow, PlaceFrame, RoleRow, SessionView, TableRow
from tabletop.conduct.session.people import Person
from tabletop.conduct.session.session import Session
from tabletop.exercise.feeds import scene_title


def place_frame(session: Session, person: Person) -> PlaceFrame:
    """Where a person stands."""
    scenario, engine = session.loaded.scenario, session.engine
    role, led = scenario.roles.get(person.role), session.led(person)
    return PlaceFrame(
        person=person.number,
        name=person.name,
        kind=person.kind,
        phase=session.standing(person),
        role=person.role,
        role_name=engine.name(person.role) if role else "",
        role_line=engine.filled(role.line or "") if role else "",
        table=person.table,
        tables=session.header.tables,
        title=scenario.title,
        summary=engine.filled(scenario.summary),
        themes=tuple((name, engine.filled(note)) for name, note in scenario.themes.items()),
        debrief=bool(session.settings.get("debrief")),
        late=person.state == "waiting" and session.phase == "over",
        led=led.number if led is not None else 0,
    )


def session_view(session: Session, table: int = 1) -> SessionView:
    """The session as those who conduct see it while they look at a table."""
    required = session.loaded.scenario.attendance.required
    return SessionView(
        id=session.header.id,
        title=session.loaded.scenario.title,
        phase=session.phase,
        code=session.header.code,
        facilitator_code=session.header.facilitator_code,
        address=session.address,
        dots=session.dots,
        open=bool(session.settings.get("open")),
        locked=bool(session.settings.get("locked")),
        people=tuple(
            PersonRow(
                person.number,
                person.name,
                person.agency,
                person.wish,
                person.kind,
                session.standing(person),
                person.role,
                person.table,
                session.devices(person),
                session.seen(person),
                session.acted(person),
            )
            for person in session.people.values()
        ),
        tables=tuple(_table_row(session, number) for number in session.tables),
        roles=tuple(
            RoleRow(
                name,
                session.engine.name(name),
                session.engine.filled(role.line or ""),
                role.discipline,
                name in required,
            )
            for name, role in session.loaded.scenario.roles.items()
        ),
        missing=managing.missing(session),
        debrief=bool(session.settings.get("debrief")),
        prompt=session.settings.get("prompt", ""),
        terminals=session.terminals,
        step=((session.settings.get("step") or ("",))[0], session.step_number(table)),
    )


def _table_row(session: Session, number: int) -> TableRow:
    exercise = session.exercises.get(number)
    players = [p for p in session.at_table(number) if p.kind == "player"]
    if exercise is None:
        return TableRow(number, "", "", "", len(players), 0, care=False)
    state = exercise.room.state
    return TableRow(
        number,
        exercise.id,
        "paused" if state.paused else state.status,
        scene_title(session.engine, state.scene) if state.scene else "",
        len(players),
        exercise.room.clock.now(),
        state.care,
        *_answers(exercise.room),
    )


def _answers(room: Room) -> tuple[int, int]:
    """How many people have answered what is open, and how many are asked."""
    state = room.state
    here = room.engine.scenario.scenes[state.scene].decisions if state.scene else {}
    answered = asked = 0
    for decision in (state.decisions.get(name) for name in here):
        if decision is None or decision.done or not decision.options:
            continue
        for role in decision.by:
            people = [seat for seat in state.in_role(role) if seat.kind == "player"]
            asked += len(people)
            answered += sum(seat.id in decision.answers for seat in people)
    return answered, asked
