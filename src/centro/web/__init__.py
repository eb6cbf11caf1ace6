"""What every page shares, and the pages that belong to no single module: today, roles, language, errors.

Words: *Today* (the home page: what is due, by role), *component* (a piece of page in `components/`, shown in
the gallery). Flows that span two sibling modules live in `flows.py`; nothing imports this module.
"""
