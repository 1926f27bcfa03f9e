"""Each message of the browser is taken once and in its order, and that is acknowledged."""

from __future__ import annotations

import pytest

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.widgets.protocol.envelope import (
    MAX_SENDERS,
    Envelope,
    Receipts,
    read_envelope,
)
from tests.widgets.protocol.envelope_examples import (
    SENDER,
    envelope,
    invalid_envelopes,
    valid_envelopes,
)

ARMOR = "players[0].armor_class"
INVALID = [
    pytest.param(content, words, id=f"{words}-{index}")
    for words, contents in invalid_envelopes().items()
    for index, content in enumerate(contents)
]


def written(number: int, oldest: int | None = None, sender: str = SENDER) -> Envelope:
    found = read_envelope({"envelope": envelope(number, oldest, sender)})
    assert found is not None
    return found


def edit(watched, value: int, number: int, oldest: int | None = None) -> None:
    watched.tell(type="edit", path=ARMOR, value=value, envelope=envelope(number, oldest))


def armor(bench) -> int:
    return bench.scenario.players[0].armor_class


def taken(watched, number: int):
    """Wait until the kernel says that it has taken all up to this number."""
    watched.until(
        lambda _: any(
            message["content"]["numbers"].get(SENDER) == number
            for message in watched.sent
            if message.get("content", {}).get("type") == "taken"
        )
    )


@pytest.mark.parametrize("content", valid_envelopes().values(), ids=valid_envelopes())
def test_a_valid_envelope_is_read_as_it_is(content):
    found = read_envelope({"type": "run", "envelope": content})
    assert found == Envelope(**content)


@pytest.mark.parametrize(("content", "words"), INVALID)
def test_an_invalid_envelope_is_refused_in_words(content, words):
    with pytest.raises(DualSlotError, match=words) as caught:
        read_envelope({"type": "run", "envelope": content})
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("content", [None, 7, [], {}, {"type": "run"}])
def test_a_message_may_come_without_an_envelope(content):
    assert read_envelope(content) is None


def test_messages_are_taken_in_their_order():
    receipts = Receipts()
    turns = [receipts.take(written(*one)) for one in [(1, 1), (2, 1), (3, 3), (4, 3)]]
    assert turns == [True] * 4
    assert receipts.last(SENDER) == 4


def test_a_message_that_comes_again_is_not_taken_again():
    receipts = Receipts()
    assert [receipts.take(written(1)), receipts.take(written(1))] == [True, False]
    assert receipts.last(SENDER) == 1


def test_a_message_waits_until_the_one_before_has_come():
    receipts = Receipts()
    assert not receipts.take(written(2, 1))
    assert receipts.last(SENDER) == 0
    assert receipts.take(written(1, 1))
    assert receipts.take(written(2, 1))


def test_what_the_sender_has_given_up_is_not_waited_for():
    receipts = Receipts()
    assert receipts.take(written(1))
    assert receipts.take(written(5, 5))
    assert not receipts.take(written(4, 4))


def test_senders_are_counted_apart():
    receipts = Receipts()
    assert receipts.take(written(1, sender="a"))
    assert receipts.take(written(1, sender="b"))


def test_as_many_senders_are_remembered_as_the_limit_says_and_the_eldest_is_forgotten():
    receipts = Receipts()
    senders = [f"v{n}" for n in range(MAX_SENDERS + 1)]
    for sender in senders[:-1]:
        receipts.take(written(1, sender=sender))
    assert receipts.last(senders[0]) == 1
    receipts.take(written(1, sender=senders[-1]))
    assert [receipts.last(sender) for sender in (senders[0], senders[1])] == [0, 1]


def test_a_message_is_acknowledged_and_carried_out_once(watched, bench):
    edit(watched, 18, 1)
    taken(watched, 1)
    edit(watched, 19, 2)
    edit(watched, 18, 1)  # its acknowledgement was lost
    taken(watched, 2)
    assert armor(bench) == 19


def test_run_again_and_again_plays_once_when_it_is_the_same_message(watched, bench):
    for _ in range(3):
        watched.tell(type="run", envelope=envelope(1))
    taken(watched, 1)
    assert len(bench.jobs) == 1


def test_edits_are_made_in_the_order_they_were_asked_for(watched, bench):
    edit(watched, 12, 2, 1)  # the first was lost on its way
    assert armor(bench) != 12
    edit(watched, 11, 1, 1)
    edit(watched, 12, 2, 1)
    taken(watched, 2)
    assert armor(bench) == 12


def test_a_message_that_is_refused_is_acknowledged_and_said(watched):
    edit(watched, 10_000, 1)
    taken(watched, 1)
    watched.until(lambda display: display.error)


@pytest.mark.parametrize("raised", [SystemExit, KeyboardInterrupt, ZeroDivisionError])
def test_a_message_whose_handler_raises_is_acknowledged_and_the_next_one_is_taken(
    watched, bench, raised
):
    def raises():
        end()
        raise raised("of a listener")

    end = bench.screen.subscribe(raises)
    edit(watched, 18, 1)
    taken(watched, 1)
    edit(watched, 19, 2)
    taken(watched, 2)
    assert armor(bench) == 19


def test_an_envelope_that_cannot_be_read_is_said_and_nothing_is_done(watched, bench):
    before = armor(bench)
    watched.tell(type="edit", path=ARMOR, value=18, envelope={"sender": "x", "number": 0})
    watched.until(lambda display: "is no number of a message" in display.error)
    assert armor(bench) == before


def test_an_acknowledgement_comes_also_when_nothing_can_be_drawn(watched, bench):
    def fails(scene):
        raise OSError("no memory left")

    watched.display._draw = fails
    edit(watched, 18, 1)
    taken(watched, 1)
    watched.until(lambda display: "no memory left" in display.error)
