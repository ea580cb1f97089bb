"""Sentence -> events: triggers by lexicon, decisions by small linear models whose weights can be read.

triggers    words that may express an event, with the rule each stands under
cues        words that tell whether an act happened
view        a sentence with its mentions, ready for questions
arcs        what the grammar says of a trigger, its parties and its status
reach       which of those cues reach a trigger
signs       features that depend on the same values, weighed many at once
features    what can be said of a trigger and of somebody named beside it
around      how far the acts around one lean to somebody
sides       what can be said of who is on which side, with the whole article in view
status      what can be said of whether it happened
history     what the rest of the article says of who does what to whom
when        on which of the days on offer it is
linear      the models: a weight a feature
decide      which triggers count, who does it to whom, with what status
explain     why an event was coded as it was
assemble    the event record: place, days, magnitude, speaker, evidence
"""
