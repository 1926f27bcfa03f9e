"""How things are put into words, and what of a text is shown.

Who says what: a verdict, a reason, a rule of the game, what has changed and how a run ended are put
into words in Python, so that a saved notebook, a screen reader and the live widget say the same.
The browser says what depends on the screen: labels of controls, places, what a pointer is on, times
that pass; and it prints figures that stand by themselves. Its side is `js/src/kit/format.ts`.
"""
