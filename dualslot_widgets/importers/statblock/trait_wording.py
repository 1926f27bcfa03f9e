"""The grammar of what a creature's traits say; `grammar` says how a rule is written."""

from __future__ import annotations

from dualslot_widgets.importers.statblock.grammar import Grammar

TRAIT_GRAMMAR = Grammar(
    """
foot = (foot | square) "."?
charge = hits ..3 with (a | an | its) with:WORD ..3 same turn
follows = prone "," ..6 can make (one | another | a) (with:WORD attack | attack with its
    with:WORD)
touched = (hits | touches) ..12 takes
surrounded = each creature within NUMBER <foot> of (it | the WORD) ..1 takes
starts_near = (starts | ends) its turn within NUMBER <foot> of
advantage = advantage on ..9 saving (throw | throws) made? (against | to)
absorbs = subjected to type:TYPE damage "," it takes no damage and
explodes = dies "," it (explodes | bursts | erupts) | explodes when it dies
fewer = takes NUMBER damage or less
regains = regains NUMBER (hit points | hp)
stopped = takes ..1 TYPE ..9 damage
again = reduces a creature to 0 ..30 make (a | an) with:WORD attack
rolls_die = rolls a (d NUMBER | DICE)
parry = adds NUMBER to its (ac | armor class) against (one | an | the) ..3 attack
"""
)
