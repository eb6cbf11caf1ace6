"""Membership: its codes, where a member stands, dues that run out, cards, papers, ballots."""
