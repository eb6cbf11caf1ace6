"""Texts: how they leave through a service, how answers come in, and the words that stop them.

`twilio` speaks with the service, `delivery` sends what waits and never twice, `receiving` takes answers in, `stopping`
knows the words that stop texts and start them again. A message to a person begins in `people.messages` alone.
"""
