"""Hours from memory: a usual week typed in three languages, a calendar of what was worked and paid, and the wage case.

Plain Python without Django: `typed_week` and `typed_pay` read what is typed, `model` holds the calendar as it was told,
`changes` are the verbs on it, `compiling` turns it into the case file of the wage law, `records` and `stamps` read
tables and lists that people bring, `problems` names what cannot be. Weekdays are written as the case file writes
them, clock times as "HH:MM", money as decimal text, lengths as whole minutes.
"""
