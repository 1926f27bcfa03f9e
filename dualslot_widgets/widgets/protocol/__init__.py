"""What crosses the line between kernel and browser, typed.

Lowest rooms of the widgets; `js/src/protocol/` mirrors them file by file. State that is needed to
draw lives in traits, events are messages. Both sides are tested against the fixtures in
`tests/fixtures/protocol/`.
"""
