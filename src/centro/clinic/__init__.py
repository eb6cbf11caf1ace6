"""The Worker Empowerment Clinic: from the door to the money.

A *case* is what happened between one worker and one employer. In it there is one *matter* for each legal route (wage
claim, retaliation, unemployment insurance, …), each with its own state, clocks and papers, and each with exactly one
next action, or something it waits for until a day. What happened on a day is a *happening*; from it the deadlines
run, each a *clock*. What we did for the worker stands in the *service log*; what only the attorneys of the team may
read, in the *attorney file*, under a key of its own.

Nothing here is open to anybody who is not on the team of the case. There is no field for immigration status.
"""

from uuid import UUID

# The one clinic of this center, as the scope of places: who has a place on it works in the clinic.
CLINIC = UUID("c1171c00-0000-4000-8000-000000000001")
