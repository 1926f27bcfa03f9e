"""The one reader of stat blocks: English to actions, riders, traits, multiattack and defences.

`tokens` cuts a text, `wording` is the grammar that finds its parts, `reading` says how they hang
together, and `clauses` which of them are only a case. `actions`, `hits`, `saving_throws`,
`effects`, `multiattack`, `traits`, `out_of_turn`, `spells` and `defences` make the scenario JSON of
them; `remainder` names what is left over, and `stat_block` puts it all together.
"""
