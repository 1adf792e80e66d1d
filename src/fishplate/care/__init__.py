"""The words of Fishplate: people, organisations, legs, joins, referrals, plans, codes and periods.

Values only, frozen and without any reading or writing, so that a rule written over them can be read aloud and tried
on paper. Every public name here stands in GLOSSARY.md, with the standard that it comes from. Begin with `joins.py`.
"""
