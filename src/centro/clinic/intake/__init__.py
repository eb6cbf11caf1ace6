"""The intake: its questions as data (`*.yaml`), and what follows from the answers.

`questions` reads and checks the data. `answers` holds what a worker said, with "I don't know" and "rather not say".
From the answers follow, each by a pure function: the dated events of `deadlines`, the facts of `covered`, the first
sentences about hours and pay of `sentences`. Nothing here touches the database.

To add a question, add it to a screen in three languages; to leave one out, delete it. The order of the screens is the
order of the interview: fear first, dates early, money last. What must never be asked is refused when the data is read.
"""
