"""Sentence -> events: triggers by lexicon, decisions by small linear models whose weights can be read.

triggers    words that may express an event, with the rule each stands under
view        a sentence with its mentions, ready for questions
features    what can be said of a trigger, of a party beside it, of its status
linear      the models: a weight a feature
decide      which triggers count, who does it to whom, with what status
assemble    the event record: place, days, magnitude, speaker, evidence
"""
