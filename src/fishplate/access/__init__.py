"""Who may see what, and how each read is written down: purpose, relationship, worker and the audit chain.

Pure rules. Facts, dates, moments and storage are handed in, so that both halves can use them.
"""
