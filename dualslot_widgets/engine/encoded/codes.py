"""Every number that the kernels agree on with the encoder, or with who reads what they wrote.

Words and their order come from the scenario and from `tables`, so that an index here is one there.
"""

from __future__ import annotations

from dualslot_widgets import tables
from dualslot_widgets.scenario.actions import RESTS, TIMES, TRIGGERS
from dualslot_widgets.scenario.creature import POSITIONS, TARGETING
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS, ENDS_ON, GRANTS
from dualslot_widgets.scenario.riders import ATTACKS, WHEN
from dualslot_widgets.scenario.spell_levels import MAX_RIDERS, MAX_ROWS

#: There is no such row, pool, bonus or rest.
NONE = -1
PARTY, MONSTERS = 0, 1
UP, DYING, STABLE, DEAD, WAITING = range(len(tables.STATES))
WIN, LOSS, UNRESOLVED = range(len(tables.OUTCOMES))

ATTACK, SAVE, HEAL, ENCHANT, DEFEND, COUNTER, SURGE = range(7)
ACTION, BONUS_ACTION, REACTION, FREE, LEGENDARY, LAIR, START, AURA, DEATH = range(len(TIMES))
SELF, ALLIES, ENEMIES = range(3)
ALWAYS, ADVANTAGE_OR_ALLY, CRITICAL_ONLY, WITH_ALLY, CHARGE, SURPRISED, FELLED = range(len(WHEN))
WEAPON, MELEE_WEAPON, ANY_ATTACK = range(len(ATTACKS))
ON_HIT, ON_MISS = range(len(TRIGGERS))
SHORT_REST, LONG_REST = range(len(RESTS))
#: Third way in which a pool comes back: a d6 at the start of each turn.
RECHARGE = len(RESTS)
FRONT = POSITIONS.index("front")
LOWEST_HP, HIGHEST_HP, LOWEST_AC, HIGHEST_DAMAGE, RANDOM, FOCUS_FIRE = range(len(TARGETING))

#: What somebody does: an action's row, or the multiattack, or nothing.
ROUTINE, IDLE = -1, -2
#: What the column `simple` says of who has to choose; of others it says what they do.
WEIGHS = -3
#: What a role weighs: columns of a world's `weights`.
HARM, CONTROL, HELP, BUFF = range(4)
#: Columns of a world's `pools`: how many uses, what brings them back, on which d6, their name.
POOL_COLUMNS = ("most", "per", "recharge", "name")
P_MOST, P_PER, P_RECHARGE, P_NAME = range(len(POOL_COLUMNS))
#: Names of events that no sheet has; the first numbers of action names are theirs.
EVENT_NAMES = ("Hit Dice", "Long Rest", "Regeneration", "Absorption")
HIT_DICE, LONG, REGENERATION, ABSORPTION = range(len(EVENT_NAMES))
#: What a saving throw against an effect's damage of each turn is good for.
TURN_SAVES = (None, "half", "none")
SAVE_FOR_HALF = TURN_SAVES.index("half")
#: An effect's clock, an index into `CLOCKS`, as bits: at the end of a turn, its source's turn.
CLOCK_AT_END, CLOCK_OF_SOURCE = 1, 2

DEX, CON, INT = (ABILITIES.index(ability) for ability in ("dex", "con", "int"))
#: Damage types, untyped damage being 0: a die of an attack's bonus or of untyped damage.
TYPE_CODES = {"": 0} | {kind: code for code, kind in enumerate(DAMAGE_TYPES, start=1)}
TYPE_COUNT = len(TYPE_CODES)
ALL_TYPES = (1 << TYPE_COUNT) - 1
RADIANT = 1 << TYPE_CODES["radiant"]
#: From this bit of a mask of damage types on come the same types for nonmagical damage only.
NONMAGICAL_SHIFT = 16

(
    K_INITIATIVE,
    K_RECHARGE,
    K_MISS,
    K_HIT,
    K_CRITICAL,
    K_SAVE_FAILED,
    K_SAVE_MADE,
    K_HEAL,
    K_DEATH_SAVE,
    K_DAMAGE,
    K_EFFECT,
    K_EFFECT_ENDED,
    K_LEGENDARY_RESISTANCE,
    K_REACTION,
    K_COUNTERED,
    K_TEMPORARY_HP,
    K_ENDURED,
    K_ARRIVAL,
    K_OPTION,
) = range(len(tables.KINDS))
#: What an event's columns hold where there is nothing to hold.
NOTHING = -1000
EVENT_WIDTH, ROUND_WIDTH = len(tables.EVENTS), len(tables.ROUNDS)

#: What an effect or a trait does to its bearer, a bit each.
(
    INCAPACITATED,
    ATTACK_ADVANTAGE,
    ATTACK_DISADVANTAGE,
    ATTACKED_ADVANTAGE,
    ATTACKED_DISADVANTAGE,
    PRONE,
    MELEE_CRITICAL,
    FAILS_STR_DEX,
    NO_MOVE,
    NO_REACTIONS,
    EXTRA_ATTACK,
    ONE_ATTACK,
    EVASION,
    MAGIC_RESISTANCE,
    HALVED_WEAPON,
    NO_HEALING,
    CHARMED,
    ROLL_BONUS,
    EXTRA_DAMAGE,
    MARKED,
    ENDS_ON_ATTACK,
    ENDS_ON_ATTACKED,
    ENDS_ON_DAMAGE,
    PACK_TACTICS,
    RECKLESS,
    UNDEAD_FORTITUDE,
    BLOOD_FRENZY,
    DEFENDS,
    COUNTERS,
    RETALIATES,
    RESISTS_ALL,
) = (1 << number for number in range(31))
#: From these bits on: advantage and disadvantage on saving throws, a bit an ability.
SAVE_ADVANTAGE, SAVE_DISADVANTAGE = 32, 40
(
    MELEE_DISADVANTAGE,
    NO_BONUS_ACTION,
    OUT_OF_REACH,
    RETRIBUTION,
    ENDS_ON_SOURCE_DOWN,
    AMBUSHER,
    ASSASSINATE,
    GNOME_CUNNING,
    GRAPPLER,
    REACTIVE,
    STEADFAST,
) = (1 << number for number in range(46, 57))

GRANT_BITS = dict(
    zip(
        GRANTS,
        (
            ATTACK_ADVANTAGE,
            ATTACK_DISADVANTAGE,
            ATTACKED_ADVANTAGE,
            ATTACKED_DISADVANTAGE,
            NO_REACTIONS,
            EXTRA_ATTACK,
            ONE_ATTACK,
            EVASION,
            MAGIC_RESISTANCE,
            HALVED_WEAPON,
            NO_HEALING,
            MELEE_DISADVANTAGE,
            NO_BONUS_ACTION,
            OUT_OF_REACH,
        ),
        strict=True,
    )
)
ENDS_ON_BITS = dict(
    zip(
        ENDS_ON,
        (ENDS_ON_ATTACK, ENDS_ON_ATTACKED, ENDS_ON_DAMAGE, ENDS_ON_SOURCE_DOWN),
        strict=True,
    )
)
_HELPLESS = INCAPACITATED | NO_MOVE | ATTACKED_ADVANTAGE | FAILS_STR_DEX
#: SRD 5.1, appendix "Conditions". Prone's disadvantage, and advantage or disadvantage against it,
#: depend on the attack: the kernels know the bit.
CONDITION_BITS = {
    "blinded": ATTACK_DISADVANTAGE | ATTACKED_ADVANTAGE,
    "charmed": CHARMED,
    "deafened": 0,
    "frightened": ATTACK_DISADVANTAGE,
    "grappled": NO_MOVE,
    "incapacitated": INCAPACITATED,
    "invisible": ATTACK_ADVANTAGE | ATTACKED_DISADVANTAGE,
    "paralyzed": _HELPLESS | MELEE_CRITICAL,
    "petrified": _HELPLESS | RESISTS_ALL,
    "poisoned": ATTACK_DISADVANTAGE,
    "prone": PRONE,
    "restrained": NO_MOVE | ATTACK_DISADVANTAGE | ATTACKED_ADVANTAGE | 1 << SAVE_DISADVANTAGE + DEX,
    "stunned": _HELPLESS,
    "unconscious": _HELPLESS | MELEE_CRITICAL | PRONE,
}
CONDITION_COUNT = len(CONDITIONS)
ONLY_PRONE = 1 << CONDITIONS.index("prone")
ONLY_FRIGHTENED = 1 << CONDITIONS.index("frightened")
ONLY_GRAPPLED = 1 << CONDITIONS.index("grappled")
TRAIT_BITS = {
    "ambusher": AMBUSHER,
    "assassinate": ASSASSINATE,
    "blood_frenzy": BLOOD_FRENZY,
    "evasion": EVASION,
    "gnome_cunning": GNOME_CUNNING,
    "grappler": GRAPPLER,
    "magic_resistance": MAGIC_RESISTANCE,
    "pack_tactics": PACK_TACTICS,
    "reactive": REACTIVE,
    "reckless": RECKLESS,
    "steadfast": STEADFAST,
    "undead_fortitude": UNDEAD_FORTITUDE,
}

#: Rows of a world's `tally`, which grow through a run.
T_DEALT, T_TAKEN, T_HEALED, T_RECEIVED, T_DOWN_ENCOUNTER, T_DOWN_ROUND = range(6)
TALLIES = 6
#: Rows of what `play` writes of a run, and of a combatant in it: after these come its tallies.
R_OUTCOME, R_SURVIVORS, R_ENCOUNTER, R_ROUNDS, R_PARTY_HP, R_MONSTER_HP = range(6)
F_HP, F_STATE, F_MAX_HP, F_TALLY = range(4)
RESULT_ROWS, FINAL_ROWS = 6, F_TALLY + TALLIES
#: Places of a world's `clock`.
RUN, ENCOUNTER, ROUND, TURN = range(4)
#: Places of a world's `count`.
(
    EVENTS,
    ROUNDS,
    ACTIVE,
    TURNS,
    RANKED,
    RIDING,
    TOUCHED,
    TRACING,
    LEGENDS,
    WAVES,
    ROLLED_HP,
    SIZE,
    KINDS_OF_CREATURES,
    AURAS,
    STARTS,
    REACTIVES,
    BURSTS,
    EVENTS_WANTED,
    ROUNDS_WANTED,
) = range(19)
COUNTS = 19

#: How much of each a scenario may hold; `scenario` bounds what these follow from.
MAX_POOLS = 96
#: Each effect may have two more in it, what it worsens to and what comes of a bad failure.
MAX_EFFECTS = 3 * (MAX_ROWS + MAX_RIDERS)
MAX_ACTIVE = 960
#: Marks of what happens once are bits of an integer.
MAX_ONCE = 62
