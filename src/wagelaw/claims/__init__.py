"""The claim engine. `compute(case)` takes a checked `Case` and returns a `Claim`; see `wagelaw.claims.compute`."""
