"""Wordings: small pieces of sentences that several pages of a debrief share."""

from collections.abc import Iterable
from fractions import Fraction

from tabletop.debrief.figures.shapes import Glyph
from tabletop.debrief.parts import BandLine, Checked, Guidance, Missing, Reference, Shared, Who
from tabletop.wording import say


def minute(at: int, language: str) -> str:
    """A moment of the exercise."""
    return say("minute {number}", language=language, number=at // 60_000 + 1)


def name(who: Who, language: str) -> str:
    """A role as it is named in a sentence."""
    if who.you:
        return say("you", language=language)
    if who.name:
        return say("the {role} ({name})", language=language, role=who.role, name=who.name)
    if not who.played:
        return say("the {role} (stand-in)", language=language, role=who.role)
    return say("the {role}", language=language, role=who.role)


def names(people: Iterable[Who], language: str) -> str:
    """Several roles in a row."""
    listed = [name(who, language) for who in people]
    if len(listed) < 2:
        return "".join(listed)
    return say("{some} and {last}", language=language, some=", ".join(listed[:-1]), last=listed[-1])


def byline(people: Iterable[Who], language: str) -> str:
    """Whose choice it was, as it stands beside a heading."""
    return ", ".join(
        say("you, as {role}", language=language, role=who.role) if who.you else name(who, language)
        for who in people
    )


def capital(sentence: str) -> str:
    """A sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def lower(sentence: str) -> str:
    """A sentence as it goes on after another's beginning."""
    return sentence[:1].lower() + sentence[1:]


def checked_as(of: Checked, language: str) -> str:
    """How far something of the guidance was checked."""
    return {
        "founding_document": say("read in the source", language=language),
        "excerpt": say("read in an excerpt", language=language),
        "unverified": say("not verified; have it checked", language=language),
    }[of]


def checked(guidance: Guidance, language: str) -> str:
    """How far a practice was checked against its source."""
    words = checked_as(guidance.checked, language)
    if not guidance.unverified_part:
        return words
    return say(
        "{checked}; not verified: {part}",
        language=language,
        checked=words,
        part=guidance.unverified_part.rstrip("."),
    )


def source(reference: Reference) -> str:
    """A source with the place in it."""
    at = "" if reference.at in reference.title else reference.at
    return ", ".join(part for part in (reference.title, at) if part)


def guidance_line(guidance: Guidance, language: str) -> str:
    """A practice with its sources and how far they were checked, as one line."""
    return say(
        "{practice} ({sources}; {checked}).",
        language=language,
        practice=guidance.text.rstrip("."),
        sources="; ".join(source(each) for each in guidance.references),
        checked=checked(guidance, language),
    )


def missing(facts: Iterable[Missing], language: str) -> str:
    """What was not known though somebody knew it."""
    return " ".join(_missing(each, language) for each in facts)


def _missing(fact: Missing, language: str) -> str:
    holders = names(fact.holders, language)
    if not fact.title:
        return capital(
            say(
                "{holders} held something under privilege, not shared.",
                language=language,
                holders=holders,
            )
        )
    title = fact.title.rstrip(".")
    if fact.asked:
        return say(
            "{fact}. ({holders} did.)", language=language, fact=title, holders=capital(holders)
        )
    return say(
        "{fact}. ({holders} did; nobody asked.)",
        language=language,
        fact=title,
        holders=capital(holders),
    )


def shared(each: Shared, language: str) -> str:
    """A fact told or kept, as a sentence."""
    values = {
        "sender": capital(name(each.sender, language)),
        "to": name(each.to, language),
        "fact": each.fact.rstrip("."),
    }
    if not each.fact:
        if each.kept or not each.told:
            held = {**values, "keeper": capital(name(each.sender, language))}
            if each.kept:
                return say(
                    "Held by {sender} under privilege, not shared with {to}.",
                    language=language,
                    sender=name(each.sender, language),
                    to=values["to"],
                )
            return say(
                "{keeper} let {to} know that something privileged exists, and not what.",
                language=language,
                **{k: held[k] for k in ("keeper", "to")},
            )
        return say(
            "{sender} told {to} something held under privilege.",
            language=language,
            sender=values["sender"],
            to=values["to"],
        )
    if each.kept:
        return say("{sender} did not tell {to}: {fact}.", language=language, **values)
    if not each.told:
        return say(
            "{sender} let {to} know that something privileged exists, and not what.",
            language=language,
            sender=values["sender"],
            to=values["to"],
        )
    told = say("{sender} told {to}: {fact}.", language=language, **values)
    match each.consent:
        case "granted":
            return f"{told} {say('The person had agreed to it.', language=language)}"
        case "without":
            return f"{told} {say('Nobody had agreed to it.', language=language)}"
        case "lapsed":
            return f"{told} {say('The consent had ended.', language=language)}"
        case _:
            return told


def cost(pair: tuple[Fraction, Fraction], language: str) -> str:
    """What was forgone, in words: no number stands before the last pages."""
    people, case = (_amount(each, language) for each in pair)
    return say(
        "cost people {people} and the case {case}", language=language, people=people, case=case
    )


def _amount(forgone: Fraction, language: str) -> str:
    if forgone <= 0:
        return say("nothing", language=language)
    if forgone <= 1:
        return say("a little", language=language)
    if forgone <= 2:
        return say("some", language=language)
    return say("much", language=language)


def confidence(level: int, language: str) -> str:
    """How sure a person was."""
    words = (
        "",
        say("a guess", language=language),
        say("leaning", language=language),
        say("fairly sure", language=language),
        say("certain", language=language),
    )
    return words[level] if 0 <= level < len(words) else ""


def axis(of: str, language: str) -> str:
    """The name of an axis."""
    if of == "vc":
        return say("Victim-centeredness", language=language)
    return say("Case integrity", language=language)


def standing(line: BandLine, language: str) -> str:
    """A band in words."""
    words = {
        "strong": say("strong", language=language),
        "mixed": say("mixed", language=language),
        "at risk": say("at risk", language=language),
        "not enough to say": say("not enough to say", language=language),
    }[line.standing]
    if line.capped:
        return say("{band}, because of a critical act", language=language, band=words)
    return words


def mark(value: Fraction) -> str:
    """A mark as it is written."""
    if value == 0:
        return "0"
    whole, part = divmod(abs(value), 1)
    digits = (str(whole) if whole or not part else "") + ("½" if part else "")
    sign = "+" if value > 0 else "\N{MINUS SIGN}"
    return f"{sign}{digits}"


def glyphs(language: str) -> dict[Glyph, str]:
    """What the marks in a figure are called."""
    return {
        "circle": say("circle", language=language),
        "ring": say("ring", language=language),
        "square": say("square", language=language),
        "diamond": say("diamond", language=language),
        "triangle": say("triangle", language=language),
        "cross": say("cross", language=language),
        "line": say("line", language=language),
        "dashes": say("dashed line", language=language),
        "stroke": say("stroke", language=language),
    }


def disclosed(sender: Who, to: Who, fact: str, told: bool, language: str) -> str:
    """Something confidential told, or let known to exist, as the beginning of a sentence."""
    values = {"sender": capital(name(sender, language)), "to": name(to, language)}
    if not told:
        return say(
            "{sender} let {to} know that something privileged exists, and not what",
            language=language,
            **values,
        )
    return say("{sender} told {to}: {fact}", language=language, fact=fact.rstrip("."), **values)


def discipline(of: str, language: str) -> str:
    """The name of a discipline."""
    words = {
        "law_enforcement": say("law enforcement", language=language),
        "victim_services": say("victim services", language=language),
        "attorney": say("attorneys", language=language),
    }
    return words[of]
