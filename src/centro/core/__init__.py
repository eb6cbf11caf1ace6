"""The ground every module stands on: who works here, what each may open, and the trace that is left.

Words: *actor* (a signed-in person working as one role), *place* (who is on what, until when), *vault* (one
shreddable thing with its own key), *sealed* (readable only inside an access context that `decide()` agreed to),
*event* (what was done), *access* (what was opened). Promises: deny by default; a forgotten check shows dots, not
data; refused and absent look the same; both logs are append-only and chained; nothing here knows a module above.
"""
