"""What a turn brings by itself: auras, effects that hurt or heal, saving throws that end them.

SRD 5.1: monsters' traits such as Stench and Fire Aura, spells such as Spirit Guardians, "a target
can repeat the saving throw at the end of its turns".
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    ACTIVE,
    AURA,
    INCAPACITATED,
    K_DAMAGE,
    K_HEAL,
    K_SAVE_FAILED,
    K_SAVE_MADE,
    NOTHING,
    OUT_OF_REACH,
    SAVE_FOR_HALF,
    TURNS,
    UP,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.actions import save_against, undergo
from dualslot_widgets.engine.rules.dice import clear_damage, roll_terms
from dualslot_widgets.engine.rules.effects import begin_effect, end_effect, place_of, tick
from dualslot_widgets.engine.rules.hit_points import (
    aftermath,
    damage_to,
    lose_hit_points,
    regain_hit_points,
    roll_save,
)


@kernel
def place_in_line(w, actor):
    """Return how many of its side stand nearer to the enemy: those in front, and listed before."""
    before = 0
    side = w.c_side[actor]
    for i in range(w.span[2 * side], w.span[2 * side + 1]):
        if w.state[i] == UP and i != actor:
            nearer = w.c_position[i] < w.c_position[actor]
            if nearer or (w.c_position[i] == w.c_position[actor] and i < actor):
                before += 1
    return before


@kernel
def caught_by(w, x, actor):
    """Say whether an aura reaches a combatant: it hurts so many enemies, those in front first."""
    source = w.x_target[x]
    if w.c_side[source] == w.c_side[actor] or w.state[source] != UP:
        return False
    return place_in_line(w, actor) < w.e_aura[w.x_effect[x]]


@kernel
def enter_auras(w, actor):
    """Save against what surrounds enemies near enough: stench, a terrible gaze.

    An aura has no hold on who bears its effect still, or saved against it once and for all.
    """
    side = 1 - w.c_side[actor]
    for i in range(w.span[2 * side], w.span[2 * side + 1]):
        if not w.c_times[i] & (1 << AURA) or w.state[i] != UP or w.bits[i] & INCAPACITATED:
            continue
        for a in range(w.c_first_action[i], w.c_end_action[i]):
            if w.a_time[a] != AURA or w.state[actor] != UP:
                continue
            if place_in_line(w, actor) >= w.a_targets[a] or w.bits[actor] & OUT_OF_REACH:
                continue
            effect = w.a_effect[a]
            if effect >= 0 and place_of(w, actor, w.e_stack[effect]) >= 0:
                continue
            if w.a_once[a] >= 0 and (w.immune_once[actor] >> w.a_once[a]) & 1:
                continue
            clear_damage(w)
            rolled = roll_terms(w, w.a_first_term[a], w.a_end_term[a], 1, 0)
            undergo(w, i, a, actor, rolled)


@kernel
def start_of_turn(w, actor):
    """Suffer what hurts at the start of the turn, and let clocks tick."""
    x = w.count[ACTIVE] - 1
    while x >= 0:
        # What is hurt may lose its concentration, so that the list changes: each is done once.
        if x < w.count[ACTIVE] and w.x_done[x] != w.count[TURNS]:
            w.x_done[x] = w.count[TURNS]
            e = w.x_effect[x]
            hurts = w.e_end_turn[e] > w.e_first_turn[e]
            mine = w.x_target[x] == actor
            if hurts and (
                (mine and w.e_aura[e] == 0) or (w.e_aura[e] > 0 and caught_by(w, x, actor))
            ):
                source = w.x_source[x]
                clear_damage(w)
                roll_terms(w, w.e_first_turn[e], w.e_end_turn[e], 1, 0)
                if w.e_turn_save[e]:
                    half = 1 if w.e_turn_save[e] == SAVE_FOR_HALF else 0
                    save_against(
                        w, source, w.e_name[e], actor, w.e_ability[e], w.e_bonus[e], half,
                        w.e_magical[e], 0, 0,
                    )  # fmt: skip
                else:
                    damage = damage_to(w, actor, 0, 1)
                    lost = lose_hit_points(w, source, actor, damage, 0)
                    log_event(w, source, w.e_name[e], actor, K_DAMAGE, NOTHING, NOTHING, lost)
                    aftermath(w, actor, damage)
            elif mine and w.e_end_healing[e] > w.e_first_healing[e]:
                amount = roll_terms(w, w.e_first_healing[e], w.e_end_healing[e], 1, 0)
                gained = regain_hit_points(w, w.x_source[x], actor, amount)
                log_event(
                    w, w.x_source[x], w.e_name[e], actor, K_HEAL, NOTHING, NOTHING, gained
                )  # fmt: skip
        x -= 1
    tick(w, actor, 0)


@kernel
def end_of_turn(w, actor):
    """Repeat saving throws that end effects, and let clocks tick."""
    x = w.count[ACTIVE] - 1
    while x >= 0:
        if x < w.count[ACTIVE] and w.x_target[x] == actor:
            e = w.x_effect[x]
            if w.e_save_ends[e] and w.state[actor] == UP:
                made = roll_save(
                    w, actor, w.e_ability[e], w.e_bonus[e], w.e_magical[e], 0, w.e_conditions[e]
                )
                kind = K_SAVE_MADE if made else K_SAVE_FAILED
                log_event(
                    w, w.x_source[x], w.e_name[e], actor, kind, w.shown[0], w.shown[1], 0
                )  # fmt: skip
                if made:
                    if w.e_once[e] >= 0:
                        w.immune_once[actor] |= 1 << w.e_once[e]
                    end_effect(w, x, 1)
                elif w.e_worsens[e] >= 0:
                    source = w.x_source[x]
                    end_effect(w, x, 0)
                    begin_effect(w, source, actor, w.e_worsens[e])
        x -= 1
    tick(w, actor, 1)
