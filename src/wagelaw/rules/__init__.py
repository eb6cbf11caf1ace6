"""The rules, one file a legal idea, named as the statutes name it.

They are pure functions on integer arrays. A grid is `(7, weeks)`: row d holds day d of every workweek. Minutes are
int64; pay is int64 grains (see `wagelaw.money`); a rate is int64 ten-thousandths of a dollar an hour. What the law
divides comes back as numerator and denominator. One claim and an audit of millions of shifts use the same functions.
"""
