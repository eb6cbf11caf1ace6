"""The people a center knows, where they live and work, what they agreed to, and how to reach them safely.

Words: *person*, *workplace* and *employer* (an owner may run several workplaces), *employment*, *residency*,
*consent* (one purpose, one text, one withdrawal), *involvement* (a person is part of a campaign, case or program;
it only decides who may see them). Promises: no immigration status, country of birth or identity number anywhere;
a message leaves only through `send_message`; what a hidden module knows about a person is not visible here.
"""
