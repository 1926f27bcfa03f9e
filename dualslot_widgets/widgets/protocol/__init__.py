"""What crosses the line between kernel and browser, typed.

State that is needed to draw lives in traits, events are messages. `scripts/write_protocol.py`
writes the front end's types (`js/src/protocol/`) from these modules; where a type is narrower in
the browser than in the kernel, ``Annotated[kernel's, browser's]`` says both. The fixtures in
`tests/fixtures/protocol/` test both sides.
"""
