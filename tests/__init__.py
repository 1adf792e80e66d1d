"""Every test of Fishplate, by kind: spec, contract, generative, simulation, unit, functional, browser and tidy.

It is a package so that one test may import another's made-up cases by full name, as in ``tests.generative.legs``.
"""
