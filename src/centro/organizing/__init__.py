"""Organizing: visits and calls, what people said, whom they know, and what happens next.

Words: *campaign* (an effort with a goal and a team), *contact* (one try to talk with somebody: append-only),
*assessment* (where somebody stands, on the campaign's own scale, with its basis), *tie* (who knows whom), *list*
(people handed out for a shift), *stop* (one person on a list), *pack* (the copy of a list that a phone carries).
Promises: a contact sent twice is one contact; second-hand talk never outranks a conversation; a volunteer sees the
list of the shift and nothing of what others noted; a phone can send reports and not read them again.
"""
