"""The plain-Python simulator: whole runs with a full log, as rows in the tables' order."""

from __future__ import annotations

import random

from dualslot_widgets.scenario.actions import Action, Attack, Heal
from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES
from dualslot_widgets.scenario.scenario import Scenario
from tests.reference.plain_choice import choose, preferred, wounded
from tests.reference.plain_fighter import Fighter, Repertoire, muster, suffered

Log = dict[str, list[tuple]]


def simulate(scenario: Scenario, runs: int) -> Log:
    """Play `runs` runs; rows stand in the order of the columns of `dualslot_widgets.tables`."""
    log: Log = {"runs": [], "combatants": [], "rounds": [], "events": []}
    party = [Repertoire(creature) for creature in scenario.players]
    monsters = [[Repertoire(c) for c in encounter.monsters] for encounter in scenario.encounters]
    for run in range(runs):
        Fight(scenario, party, monsters, run, log).play()
    return log


class Fight:
    """One run."""

    def __init__(
        self,
        scenario: Scenario,
        party: list[Repertoire],
        monsters: list[list[Repertoire]],
        run: int,
        log: Log,
    ) -> None:
        self.random = random.Random(f"{scenario.settings.seed} {run}")
        self.scenario, self.run, self.log = scenario, run, log
        self.party = muster(party, 0, 0)
        self.encounters = [muster(kinds, 1, number) for number, kinds in enumerate(monsters, 1)]
        self.sides: tuple[list[Fighter], list[Fighter]] = (self.party, [])
        self.focus: list[Fighter | None] = [None, None]
        self.up = [len(self.party), 0]  # how many of each side stand
        self.encounter = self.round = self.turn = self.rounds = 0

    def play(self) -> None:
        outcome = "win"
        for number, monsters in enumerate(self.encounters, start=1):
            self.encounter, self.round, self.turn = number, 0, 0
            outcome = self.play_encounter(monsters)
            self.rounds += self.round
            if outcome != "win":
                break
            for fighter in self.party:
                if fighter.state == "dying":
                    fighter.state = "stable"
        self.write(outcome)

    def play_encounter(self, monsters: list[Fighter]) -> str:
        self.sides, self.focus = (self.party, monsters), [None, None]
        self.up[1] = len(monsters)
        for monster in monsters:
            monster.state = "up"
        for fighter in [*self.party, *monsters]:
            for action in fighter.can.recharging:
                fighter.left[action.name] = 1
            # Limited uses are spread over the encounters to come, rounded up; monsters meet one.
            to_come = len(self.encounters) - self.encounter + 1 if fighter.side == 0 else 1
            fighter.allowed = {name: -(-left // to_come) for name, left in fighter.left.items()}
        order = self.initiative()
        for number in range(1, self.scenario.settings.max_rounds + 1):
            self.round = number
            for turn, fighter in enumerate(order, start=1):
                self.turn = turn
                self.take_turn(fighter)
                if not self.up[0] or not self.up[1]:
                    break
            hp = [sum(f.hp for f in side) for side in self.sides]
            self.log["rounds"].append((self.run, self.encounter, self.round, *hp, *self.up))
            if not self.up[0]:
                return "loss"
            if not self.up[1]:
                return "win"
        return "unresolved"

    def initiative(self) -> list[Fighter]:
        keys = []
        for fighter in [*self.party, *self.sides[1]]:
            if fighter.state != "dead":
                roll, bonus = self.d20(), fighter.creature.initiative_bonus
                self.event(fighter, None, fighter, "initiative", roll, roll + bonus, 0)
                keys.append((roll + bonus, bonus, self.random.random(), fighter))
        return [key[3] for key in sorted(keys, key=lambda key: key[:3], reverse=True)]

    def take_turn(self, actor: Fighter) -> None:
        if actor.state == "dying":
            self.death_save(actor)
        if actor.state != "up":
            return
        for action in actor.can.recharging:
            if not actor.left[action.name]:
                roll = self.die(6)
                actor.left[action.name] = actor.allowed[action.name] = int(roll >= action.recharge)
                self.event(actor, action, actor, "recharge", roll, roll, 0)
        for action in choose(actor, self.sides, self.focus[actor.side]):
            if self.up[1 - actor.side] or not actor.can.multiattack:
                self.perform(actor, action)

    def perform(self, actor: Fighter, action: Action) -> None:
        if not actor.ready(action):
            return
        if action.name in actor.left:
            actor.left[action.name] -= 1
            actor.allowed[action.name] -= 1
        if isinstance(action, Heal):
            for ally in wounded(self.sides[actor.side], action.targets):
                gained = self.regain(actor, ally, self.roll(action.healing, 1))
                self.event(actor, action, ally, "heal", None, None, gained)
        elif isinstance(action, Attack):
            self.attack(actor, action)
        else:
            targets: list[Fighter] = []
            while len(targets) < action.targets:
                target = self.target(actor, targets)
                if target is None:
                    break
                targets.append(target)
            rolled = self.damage(action.damage, 1)
            for target in targets:
                roll = self.d20()
                bonus = target.creature.saving_throws[ABILITIES.index(action.ability)]
                made = roll + bonus >= action.dc
                dealt = 0
                if not made or action.on_success == "half":
                    dealt = suffered(rolled, target, halved=made)
                lost = self.lose(actor, target, dealt)
                word = "save_made" if made else "save_failed"
                self.event(actor, action, target, word, roll, roll + bonus, lost)

    def attack(self, actor: Fighter, action: Attack) -> None:
        target = self.target(actor, [])
        if target is None:
            return
        roll = self.d20(int(action.advantage) - int(action.disadvantage))
        total = roll + action.attack_bonus
        if roll == 1 or (roll < 20 and total < target.creature.armor_class):
            self.event(actor, action, target, "miss", roll, total, 0)
            return
        critical = roll >= action.critical_range
        rolled = self.damage(action.damage, 2 if critical else 1)
        lost = self.lose(actor, target, suffered(rolled, target, halved=False))
        self.event(actor, action, target, "critical" if critical else "hit", roll, total, lost)

    def target(self, actor: Fighter, but: list[Fighter]) -> Fighter | None:
        enemies = self.sides[1 - actor.side]
        if actor.creature.targeting == "random":
            standing = [e for e in enemies if e.state == "up" and e not in but]
            return self.random.choice(standing) if standing else None
        focus = self.focus[actor.side]
        found = preferred(actor, enemies, focus, but)
        lost = focus is None or focus.state != "up"
        if lost and actor.creature.targeting == "focus_fire":
            self.focus[actor.side] = found
        return found

    def lose(self, actor: Fighter, target: Fighter, damage: int) -> int:
        lost = min(target.hp, damage)
        target.hp -= lost
        actor.damage_dealt += lost
        target.damage_taken += lost
        if lost and not target.hp:
            target.saves_made = target.saves_failed = 0
            if target.down_round is None:
                target.down_encounter, target.down_round = self.encounter, self.round
            self.up[target.side] -= 1
            outright = damage - lost >= target.creature.max_hp
            target.state = "dead" if target.side == 1 or outright else "dying"
        return lost

    def regain(self, actor: Fighter, target: Fighter, healing: int) -> int:
        gained = max(min(healing, target.creature.max_hp - target.hp), 0)
        if gained:
            target.hp += gained
            if target.state != "up":
                target.state = "up"
                self.up[target.side] += 1
            actor.healing_done += gained
            target.healing_received += gained
        return gained

    def death_save(self, actor: Fighter) -> None:
        roll, gained = self.d20(), 0
        if roll == 20:
            gained = self.regain(actor, actor, 1)
        elif roll >= 10:
            actor.saves_made += 1
            actor.state = "stable" if actor.saves_made >= 3 else "dying"
        else:
            actor.saves_failed += 2 if roll == 1 else 1
            actor.state = "dead" if actor.saves_failed >= 3 else "dying"
        self.event(actor, None, actor, "death_save", roll, roll, gained)

    def d20(self, advantage: int = 0) -> int:
        roll = self.die(20)
        if not advantage:
            return roll
        return max(roll, self.die(20)) if advantage > 0 else min(roll, self.die(20))

    def die(self, sides: int) -> int:
        # Three times faster than randint.
        return 1 + int(sides * self.random.random())

    def roll(self, term: DamageTerm, times: int) -> int:
        return term.bonus + sum(self.die(term.sides) for _ in range(term.count * times))

    def damage(self, terms: tuple[DamageTerm, ...], times: int) -> dict[str, int]:
        rolled: dict[str, int] = {}
        for term in terms:
            rolled[term.type] = rolled.get(term.type, 0) + self.roll(term, times)
        return rolled

    def event(
        self,
        actor: Fighter,
        action: Action | None,
        target: Fighter,
        kind: str,
        roll: int | None,
        total: int | None,
        amount: int,
    ) -> None:
        name = action.name if action else None
        when = (self.run, self.encounter, self.round, self.turn)
        what = (actor.name, name, target.name, kind, roll, total, amount, target.hp)
        self.log["events"].append(when + what)

    def write(self, outcome: str) -> None:
        everybody = [*self.party, *(m for monsters in self.encounters for m in monsters)]
        survivors = self.up[0]
        hp = [sum(f.hp for f in everybody if f.side == side) for side in (0, 1)]
        score = 10_000 * survivors + hp[0] - hp[1]
        row = (self.run, outcome, score, survivors, self.encounter, self.rounds, *hp)
        self.log["runs"].append(row)
        for number, f in enumerate(everybody):
            who = (self.run, number, f.name, ("party", "monsters")[f.side])
            how = (f.creature.max_hp, f.hp, f.state, f.damage_dealt, f.damage_taken)
            rest = (f.healing_done, f.healing_received, f.down_encounter, f.down_round)
            self.log["combatants"].append(who + how + rest)
