"""What a character of a level has, class features aside: the tables of the SRD 5.1.

Sections "Beyond 1st Level", "Hit Points and Hit Dice", "Spell Slots per Spell Level" of each class.
"""

from __future__ import annotations

from dataclasses import dataclass

from dualslot_widgets.scenario.effects import ABILITIES

#: SRD 5.1, "Ability Scores": the point array, handed out by a class's priorities; a human adds 1
#: to each.
ARRAY = (15, 14, 13, 12, 10, 8)
MAX_SCORE = 20
MAX_LEVEL = 20
#: Levels at which two points of ability scores are gained; some classes have more.
IMPROVEMENTS = (4, 8, 12, 16, 19)

#: Slots of a full caster, a row a level.
FULL_CASTER = (
    (2,),
    (3,),
    (4, 2),
    (4, 3),
    (4, 3, 2),
    (4, 3, 3),
    (4, 3, 3, 1),
    (4, 3, 3, 2),
    (4, 3, 3, 3, 1),
    (4, 3, 3, 3, 2),
    (4, 3, 3, 3, 2, 1),
    (4, 3, 3, 3, 2, 1),
    (4, 3, 3, 3, 2, 1, 1),
    (4, 3, 3, 3, 2, 1, 1),
    (4, 3, 3, 3, 2, 1, 1, 1),
    (4, 3, 3, 3, 2, 1, 1, 1),
    (4, 3, 3, 3, 2, 1, 1, 1, 1),
    (4, 3, 3, 3, 3, 1, 1, 1, 1),
    (4, 3, 3, 3, 3, 2, 1, 1, 1),
    (4, 3, 3, 3, 3, 2, 2, 1, 1),
)


@dataclass(frozen=True, slots=True)
class Basics:
    """What a class fixes.

    Attributes
    ----------
    hit_die : int
    saves : tuple of str
        Abilities whose saving throws it is proficient in.
    priorities : tuple of str
        Abilities in the order in which they get the point array, and then every improvement.
    armor : str
        "light" (studded leather), "medium" (half plate), "heavy" (chain mail, plate from level 5
        on), "none", "barbarian", "monk" or "mage" (Mage Armor).
    shield : bool
    improvements : tuple of int
    """

    hit_die: int
    saves: tuple[str, str]
    priorities: tuple[str, ...]
    armor: str
    shield: bool = False
    improvements: tuple[int, ...] = IMPROVEMENTS


BASICS = {
    "barbarian": Basics(
        12, ("str", "con"), ("str", "con", "dex", "wis", "cha", "int"), "barbarian"
    ),
    "bard": Basics(8, ("dex", "cha"), ("cha", "dex", "con", "wis", "int", "str"), "light"),
    "cleric": Basics(8, ("wis", "cha"), ("wis", "con", "str", "cha", "dex", "int"), "heavy", True),
    "druid": Basics(8, ("int", "wis"), ("wis", "con", "dex", "int", "cha", "str"), "medium", True),
    "fighter": Basics(
        10,
        ("str", "con"),
        ("str", "con", "dex", "wis", "cha", "int"),
        "heavy",
        improvements=(4, 6, 8, 12, 14, 16, 19),
    ),
    "monk": Basics(8, ("str", "dex"), ("dex", "wis", "con", "str", "cha", "int"), "monk"),
    "paladin": Basics(
        10, ("wis", "cha"), ("str", "cha", "con", "wis", "dex", "int"), "heavy", True
    ),
    "ranger": Basics(10, ("str", "dex"), ("dex", "wis", "con", "str", "int", "cha"), "light"),
    "rogue": Basics(
        8,
        ("dex", "int"),
        ("dex", "con", "wis", "int", "cha", "str"),
        "light",
        improvements=(4, 8, 10, 12, 16, 19),
    ),
    "sorcerer": Basics(6, ("con", "cha"), ("cha", "con", "dex", "wis", "int", "str"), "mage"),
    "warlock": Basics(8, ("wis", "cha"), ("cha", "con", "dex", "wis", "int", "str"), "light"),
    "wizard": Basics(6, ("int", "wis"), ("int", "con", "dex", "wis", "cha", "str"), "mage"),
}
#: Which ability casts, and which table of slots; half casters begin at level 2.
CASTERS = {
    "bard": ("cha", "full"),
    "cleric": ("wis", "full"),
    "druid": ("wis", "full"),
    "sorcerer": ("cha", "full"),
    "wizard": ("int", "full"),
    "paladin": ("cha", "half"),
    "ranger": ("wis", "half"),
    "warlock": ("cha", "pact"),
}


def proficiency(level: int) -> int:
    """Return the proficiency bonus of a level: 2 at 1, one more every fourth level."""
    return 2 + (level - 1) // 4


def scores(class_name: str, level: int) -> dict[str, int]:
    """Return the ability scores: the array and 1, then improvements by priority up to 20."""
    basics = BASICS[class_name]
    found = {ability: ARRAY[at] + 1 for at, ability in enumerate(basics.priorities)}
    for _ in range(2 * sum(level >= at for at in basics.improvements)):
        grows = next((a for a in basics.priorities if found[a] < MAX_SCORE), None)
        if grows is not None:
            found[grows] += 1
    if class_name == "barbarian" and level == MAX_LEVEL:  # Primal Champion
        found["str"] += 4
        found["con"] += 4
    return found


def modifiers(class_name: str, level: int) -> dict[str, int]:
    """Return the ability modifiers."""
    return {ability: (score - 10) // 2 for ability, score in scores(class_name, level).items()}


def hit_points(class_name: str, level: int) -> int:
    """Return the hit points: the highest of the first die, then averages rounded up."""
    die, con = BASICS[class_name].hit_die, modifiers(class_name, level)["con"]
    dragon = level if class_name == "sorcerer" else 0  # Draconic Resilience
    return die + (level - 1) * (die // 2 + 1) + level * con + dragon


def armor_class(class_name: str, level: int) -> int:
    """Return the armor class in the best armor of the kind that its class usually wears."""
    basics, mod = BASICS[class_name], modifiers(class_name, level)
    dex = mod["dex"]
    worn = {
        "light": 12 + dex,
        "medium": 15 + min(dex, 2),
        "heavy": 18 if level >= 5 else 16,
        "none": 10 + dex,
        "mage": 13 + dex,
        "barbarian": 10 + dex + mod["con"],
        "monk": 10 + dex + mod["wis"],
    }[basics.armor]
    return worn + 2 * basics.shield


def saving_throws(class_name: str, level: int) -> dict[str, int]:
    """Return the six saving throw bonuses, with what features add to all of them."""
    mod, bonus = modifiers(class_name, level), proficiency(level)
    proficient = set(BASICS[class_name].saves)
    if class_name == "monk" and level >= 14:  # Diamond Soul
        proficient = set(ABILITIES)
    if class_name == "rogue" and level >= 15:  # Slippery Mind
        proficient.add("wis")
    aura = max(mod["cha"], 1) if class_name == "paladin" and level >= 6 else 0
    return {a: mod[a] + bonus * (a in proficient) + aura for a in ABILITIES}


def spell_slots(class_name: str, level: int) -> tuple[int, ...]:
    """Return the slots of spell level 1, 2, ...; none for a warlock."""
    kind = CASTERS.get(class_name, ("", ""))[1]
    if kind == "full":
        return FULL_CASTER[level - 1]
    if kind == "half" and level >= 2:
        return FULL_CASTER[(level + 1) // 2 - 1]
    return ()


def pact_magic(class_name: str, level: int) -> dict[str, int] | None:
    """Return a warlock's slots: how many, and of which level."""
    if class_name != "warlock":
        return None
    slots = 1 + (level >= 2) + (level >= 11) + (level >= 17)
    return {"slots": slots, "level": min(5, (level + 1) // 2)}
