"""The grammar of stat blocks: what their sentences say that a fight knows, part by part.

Each rule is one part of a sentence, in the wordings of 2014, of 2024, and of those who write their
own. `grammar` says how a rule is written. The order of `FACTS` matters: of two that fit at one
place the first is taken.
"""

from __future__ import annotations

from dualslot_widgets.importers.statblock.grammar import Grammar

GRAMMAR = Grammar(
    """
# Dice and damage: 10 (2d6 + 3) slashing damage; 3 (1d6) fire or cold damage; 18 (4d8) necrotic
roll = DICE (("+" | "-") (DICE | NUMBER))*
amount = NUMBER? ("(" | "[") roll:<roll> (")" | "]") | NUMBER? roll:<roll> | flat:NUMBER
extra = extra | additional | more | ongoing | magic | nonmagic | bonus | points of
types = TYPE (damage? ("," (or | and)? | or | and | "/") (TYPE | magic) | TYPE)*
choice = "("? of? (its | the | his | her | their) WORD? WORD? choice ")"?
damage = amount:<amount> (<extra>? <extra>? types:<types> <extra>? damage <choice>? | <extra>?
    <extra>? damage of the type ..8 choice | <extra>? <extra>? damage | weapon damage | <extra>?
    types:<types> | <extra>? own:WORD damage | plus | ".")
    | (loses | lose) amount:<amount> (hit points | hp)
heal = (regain | regains | gain | gains | recovers | restores | heals) (up to)? amount:<amount>
    temporary:temporary? (hit points | hp) | (regain | regains) (hit points | hp) equal | regains
    (this | the same | that) ..1 of (hit points | hp)

# Saving throws and checks: DC 15 Strength save; Dexterity Saving Throw: DC 17; (DC 16 Dex half)
dc = dc of? NUMBER
throw = (saving (throw | throws)? | save | sav | st)
save = <dc> ability:ABILITY "."? ("(" WORD ")")? (or WORD ("(" WORD ")")?)? <throw>
    | ability:ABILITY "."? <throw> ":"? "("? <dc> ")"?
    | ability:ABILITY "."? <throw> (against | with | at | of | vs "."?) (a | an | the)? <dc>
    | <throw> "("? <dc> ability:ABILITY ")"? | <dc> <throw>
check = <dc> ability:ABILITY "."? ("(" WORD ")")? ((or | "/") ABILITY? ("(" WORD ")")?)? check
    | ability:ABILITY ("(" WORD ")")? check ("(" | against | with | of | ":")? (a | an)? <dc>
bare = <dc> ability:ABILITY
escape = "("? (the)? (escape | escapes) ..2 dc NUMBER ")"? | "(" <dc> to escape ")"

# Where a text stands: behind a hit, a failed saving throw, a made one
hit = hit or miss ":" | hit ":" | hits ":"
miss = miss ":"
second = (second | third | fourth) failure ":"?
either = failure or success ":" | success or failure | fail or succeed
fail = first failure ":"? | failure ":" | on (a | the) (failure | fail) | on (a | the) failed
    (save | saving throw | one | check)? | on failure | failed (save | saving throw) | fails (the
    | this | its | that) (save | saving throw | check) | if (the | this) (save | saving throw)
      fails | if it fails | if the target fails
success = success ":" | on (a | the) (success | made save) | on (a | the) successful (save |
    saving throw | one | check)? | with a (success | successful) | if (the | this) (save | saving
    throw) (succeeds | is successful) | (a | the) (creature | target) (that | who) (succeeds |
    saves)
    | succeeds on (the | this | its | that) (save | saving throw) | if it succeeds | on success
badly = if ..4 (fails | fail) ..4 by NUMBER (or more)? | (fail | fails | failed) ..5 by NUMBER |
    NUMBER or (lower | less) (on | is)? | result ..3 NUMBER or lower | if the (saving throw |
    save) fails by NUMBER
half = half not | (reduces | reducing) ..3 (by | to) half | by half | one? half TYPE? damage |
    half (as much TYPE? damage? | the WORD? damage | damage
    | that damage | (on | with) (a | an)? (successful | success)?
    | of WORD? damage) | "," half ")" | half ")" | save for half | halves | half (this | the
      amount)
none = takes? no damage | no effect | avoids ..3 damage

# Conditions and how long they last
manner = magically | also | instead | then | automatically | immediately | both | instantly |
    either
befalls = target | be | become | becomes | becoming | is | are | fall | falls | falling | knocked
    | left | and | turns | drops | rendered | gets | driven | remains | or
conditions = CONDITION (("," (and | or)? | and | or | and is | and are | and falls | and knocked |
    and be) (CONDITION))*
prone = prone (and CONDITION)?
suffers = <befalls> <manner>? (knocked | made | left | struck)? <manner>? conditions:<conditions>
    | (has | have | gain | gains | suffers) (the | both the)? conditions:<conditions> (condition |
      conditions)
    | (knock | knocks | knocking | pushes | force | forces | drops) ..3 conditions:<prone>
    | (poisons | blinds | stuns | paralyzes | frightens | charms | restrains | grapples |
      petrifies | deafens) (the | it | a | that | its) verb:WORD?
    | "," conditions:<conditions> (for | until) | ":" conditions:<conditions> (for | until)
exhaustion = (level | levels) of exhaustion | exhaustion (level | levels)
minute = for? (1 | one) minute | for (10 | ten) round
round = for (NUMBER | COUNT) round
longer = for (NUMBER | COUNT | an | a | "(") ..3 (hour | hours | day | days | minute | minutes)
own_end = until the end of (its | their | the (target's | creature's | bearer's)) (next)? turn
own_start = until the start of (its | their | the (target's | creature's)) next turn
    | until the end of its turn | until the end of that turn
source_end = until the end of ..6 next turn | until end of ..6 next turn
source_start = until the (start | beginning) of ..6 next turn | until start of ..6 next turn
repeats = re save at ..8 (turn | turns) | (repeat | repeats | repeating | reroll) ..4 (save |
    throw | throws) ..8 (turn | turns)
    | (another | new | attempt | attempts) ..5 (save | throw | check) (at | on) the? (end | start)
      of (each | every | its | their) ..4 (turn | turns) | save again at ..6 (turn | turns)
    | (repeat | repeats) ..4 (save | throw) | the target repeats the save
hurt_ends = (takes | take | taking | suffers) (any | another)? (damage | harm)
later = at (the)? (start | end | beginning) of ((each | every) (of)?)? (its | the | their | his |
    her | that | subsequent | WORD)? (WORD)? (WORD)? (turn | turns) | (when | each time) (it | the
    target) (starts | ends) its turn | each round | every round | each turn | every turn | per
    round | every NUMBER (minute | hour | day)
breaks = as an action "," the restrained | can use (its | their) action | action to (stanch |
    douse) | takes an action to (douse | stanch | remove | put out) | pull
handed = if (it is | it's)? (used | wielded | held) ..3 (hands | handed) ..6 (attack | attacks) |
    if (used | wielded | held) ..3 (hands | handed) | with (two | both) hands | two handed
moves = (pulled | pushed | pulls | pushes | moved | moves | thrown | flung | dragged | teleported)
    ..4 NUMBER
    | (pulled | pushed | moved | flung) ..3 (away | toward | closer)
attack_disadvantage = disadvantage on (its | all | the | their)? (attack rolls | attacks) (and |
    until | for | "." | ",") | makes (its | all)? attack rolls ..6 with disadvantage
no_reactions = (can't | can) (use | take | make)? neither? (no)? (reactions | reaction |
    opportunity)
one_attack = can't make more than one attack on its turn
no_bonus_action = either an action or a bonus action
no_healing = can't regain (hit points | hp)
melee_disadvantage = disadvantage on strength based attack rolls
drains = (hit point | hp | hit points) maximum is? (reduced | lowered) by (an)? amount equal to
    the type:TYPE? damage | (hit point | hit points) maximum decreases by (an)? amount equal to
    the type:TYPE? damage
turns_to_stone = begins to turn to stone and is restrained | restrained ..12 petrified

# Attack rolls, areas and how many they catch
bonus = ("+" | "-") NUMBER
kind = melee or ranged | ranged or melee | melee | ranged
attack = kind:<kind> class:(weapon | spell)? attack roll? ("." | ":" | ",")? ..3 bonus:<bonus>
    | bonus:<bonus> to hit
foot = (foot | square) "."?
cone = NUMBER <foot> WORD? cone
line = NUMBER <foot> long? ","? WORD? WORD? line | line ..9 NUMBER <foot> long | line ..6 NUMBER
    <foot>
cube = NUMBER <foot> (cube | square)
radius = within NUMBER <foot> (of (that | it | the | him | her | them | themselves | a | any |
    where))?
    | NUMBER <foot> (radius | emanation | sphere | burst)
many = (each | every | all) WORD? (creature | creatures | enemy | enemies | target | targets | of
    those | humanoid) | any creature | creatures of its choice
several = up to? (COUNT | NUMBER) (other | different)? (creatures | targets | enemies | humanoids)
    | (two | three | four | five | six) (other | different)? (creatures | targets | enemies)

# What comes only to somebody who falls, or another day
own_trouble = takes NUMBER damage or more
fallen = enters a creature's space | (reduces | reduce | reduced) ..4 to 0 | drops to 0 | (target
    | creature | humanoid) dies
    | dies (from | if) | (swallows | swallow | swallowed) | ends (on | for) itself | slain in this
      way | killed by | instead of dealing damage | thrown (target | at) | strikes an object
another_day = diseased | contract ..4 (fever | disease | plague | rot) | infected | afflicted with
    | until cured | (every | next | elapse) ..3 24 hour | long rest | lycanthropy | after 1 minute
      | contract a disease | until the disease is cured | disease is cured | curse lasts until |
      reduction ..8 lasts until | ages (1d4 | NUMBER) | of this disease | has no effect for 1
      minute | be cursed with | every NUMBER minute
special = with advantage if | increases by NUMBER "(" DICE | swallowed | swallows | cursed |
    attaches | attached | attach | corrodes | corroded | absorbs | strength score is reduced |
    (str | dex | con | int | wis | cha
    | strength | dexterity | constitution | intelligence | wisdom | charisma | ability) (score |
      scores) (is | are)? (reduced | decreases | decreased | drops) | (target | creature |
      humanoid) dies | or die
    | (is | are) under ..3 control | (is | are | be) petrified | reduced by DICE | turns to stone
    | (drop | drops | reduced) to 0 | hit point maximum | (is | be) banished | (loses | breaks)
      concentration

# What is only mentioned
idle = rolls (its | the)? damage dice three times | (the | all | any | this | that) ongoing TYPE?
    damage | ongoing damage | (resistance | resistant | immunity | immune | vulnerability |
    vulnerable) ..12 damage
    | (resistance | immunity | vulnerability | immune) ..3 (TYPE | CONDITION) | instead of dealing
      damage
    | (takes | take | taking | dealt | deals | deal) (any | the | this | that | no | triggering)
      damage
    | damage (taken | dealt | threshold | reduction | type | types) | (this | the | any | that |
      of) TYPE? damage
"""
)

#: What a text of an action is scanned for.
FACTS = (
    *("hit", "miss", "second", "either", "badly", "fail", "success", "half", "none"),
    *("attack", "save", "check", "escape", "bare", "handed", "drains", "heal", "damage"),
    *("turns_to_stone", "repeats", "later", "minute", "round", "longer", "own_end", "own_start"),
    *(
        "source_end",
        "source_start",
        "hurt_ends",
        "breaks",
        "attack_disadvantage",
        "no_reactions",
        "one_attack",
    ),
    *("no_bonus_action", "no_healing", "melee_disadvantage", "exhaustion"),
    *("suffers", "cone", "line", "cube", "radius", "many", "several", "moves", "idle"),
)
