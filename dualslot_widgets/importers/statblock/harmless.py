"""What of a stat block decides nothing in a fight without a map: it is passed over in silence."""

from __future__ import annotations

import re

#: Traits of moving, hiding, sensing, swimming, of other days and of things that no fight has.
_TRAITS = re.compile(
    r"Amphibious|Keen |False Appearance|Spider Climb|Water Breathing|Devil's Sight|Hold Breath"
    r"|Web Walker|Web Sense|Echolocation|Stone Camouflage|Illumination|Amorphous|Standing Leap"
    r"|Siege Monster|Ice Walk|Sense Magic|Speak with|Tree Stride|Mimicry|Telepathic"
    r"|Limited Telepathy|Divine Awareness|Inscrutable|Underwater Camouflage|Running Leap|Wakeful"
    r"|Probing Telepathy|Shielded Mind|Faultless Tracker|Earth Glide|Flyby"
    r"|Shapechanger|Heated Weapons|Brute$|Rejuvenation|Transparent|Sure-Footed"
    r"|Ethereal Sight|Hellish Rejuvenation|Tail Spike Regrowth|Immutable"
    r"|Freedom of Movement|Ooze Cube|Air Form|Vampire Weaknesses|Blind Senses|Light Sensitivity"
    r"|Sunlight Sensitivity|Misty Escape|Water Breathing"
    r"|Aggressive|Beast of Burden|Snow Camouflage|Treasure Sense|Tunneler|Heart Sight"
    r"|Incorporeal|Ignited|Antimagic"
    # Hiding needs something to hide behind, disengaging a field to leave.
    r"|Nimble Escape|Cunning Action|Shadow Stealth"
    # Nobody grapples monsters, throws rocks at giants, rides a nightmare or turns undead.
    r"|Barbed Hide|Confer Fire Resistance|Turn Resistance|Turn Defiance"
    # There is no sunlight and no water.
    r"|Mucous Cloud|Sunlight Weakness|Water Susceptibility|Water Form|Freeze|Limited Amphibiousness"
    # Of another day.
    r"|Elemental Demise|Labyrinthine Recall|Iron Scent|Shark Telepathy|Night Hag Items"
    r"|Aberrant Ground|Variable Illumination",
    re.IGNORECASE,
)
#: Actions that only move, push, disguise, read minds, or are for another day.
_ACTIONS = frozenset(
    word.casefold()
    for word in (
        *("Change Shape", "Teleport", "Etherealness", "Heart Sight", "Telepathic Bond"),
        "Create Specter",  # of a corpse, under the wraith's control: an ally of later fights
        "Ethereal Stride",
        "Illusory Appearance",
        "Ink Cloud",  # works under water only, to swim away
        "Nightmare Haunting",  # of sleepers
        "Read Thoughts",
        "Reel",  # pulls nearer, and near is not modelled
        "Repulsion Breath",  # pushes away, without damage
        "Rock Catching",  # nobody throws rocks at giants
        *("Hide", "Disengage", "Dash", "Shape-Shift", "Shapechanger"),
    )
)
#: Names that others use for what hurts, too.
_COMMON = frozenset(("teleport", "ethereal stride", "hide", "disengage", "dash", "ink cloud"))
#: Legendary actions of the same kind.
_LEGENDARY = re.compile(r"Detect|Move|Teleport|Search|Hover|Whispering|Vanish", re.IGNORECASE)
#: Spells that decide nothing on a field without a map, or before or after a fight.
_SPELLS = re.compile(
    r"Creation|Animate Dead|Control Weather|Conjure|Geas"
    r"|Spare the Dying|Dimension Door|Pass Without Trace"
    r"|Light|Mage Hand|Prestidigitation|Detect|Mage Armor|Misty Step|Fly|Druidcraft"
    r"|Minor Illusion"
    r"|Message|Thaumaturgy|Speak with|Comprehend|Identify|Feather Fall|Disguise|Dancing Lights"
    r"|Levitate|Scrying|Teleport|Plane Shift|Tongues|Water |Control Water|Create|Invisibility"
    r"|Nondetection|Clairvoyance|Locate|Legend Lore|Dream|Sending|Tree Stride"
    r"|Shillelagh|Longstrider|Goodberry|Animal|Purify|Raise|Resurrection|Commune|Zone of"
    r"|Remove Curse|Restoration|Lesser|Greater Restoration|Dispel Evil|Gaseous|Wind Walk|Passwall"
    r"|Etherealness"
    r"|Astral|True Seeing|See Invisib|Darkness|Darkvision|Arcane|Guidance|Heroes|Hallow|Divination"
    r"|Augury|Mending|Protection|Enhance|Knock|Major Image|Silent Image|Programmed"
    r"|Project Image|Mirage|Hallucinatory|Fog Cloud|Gust of Wind|Wind Wall|Stinking|Stone Shape"
    r"|Move",
    re.IGNORECASE,
)


def is_trait(name: str) -> bool:
    """Say whether a trait decides nothing."""
    return _TRAITS.match(name.replace("’", "'")) is not None


def is_action(name: str, text: str) -> bool:
    """Say whether an action or a reaction decides nothing; one that hurts somebody does."""
    low = name.casefold()
    return low in _ACTIONS and not (low in _COMMON and re.search(r"\dd\d|DC \d", text))


def is_legendary(name: str, text: str) -> bool:
    """Say whether a legendary action decides nothing."""
    hurts = re.search(r"\dd\d|DC \d|\bmakes? [\w ]{0,20}\battack", text)
    return _LEGENDARY.match(name) is not None and hurts is None


def is_spell(name: str) -> bool:
    """Say whether a spell decides nothing."""
    return _SPELLS.match(name) is not None
