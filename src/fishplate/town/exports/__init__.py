"""What each organisation sends: one module an organisation, with the column names of its own system.

Column names follow the published lists of the national data sets where the organisation submits one.
"""
