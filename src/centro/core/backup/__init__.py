"""Backup and restore, one command each.

Words: *snapshot* (one moment of one center: database, list of files, ledger of purges), *keyring* (the vault keys,
still wrapped by the root key, an artefact of its own), *identity* (the secret that opens backups; it lives on paper,
never on this machine), *recipient* (its public half, which seals them here). Promises: the server cannot open its
own backups; a single changed byte is refused; what was purged stays dead after any restore; nothing is installed
that was not proved first.
"""
