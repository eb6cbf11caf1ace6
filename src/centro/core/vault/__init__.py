"""Envelope encryption: root key → epoch key → one key per vault → one sealed value per field.

`root` keeps the root key, `keyring` the keys of the vaults, `seal` the envelope, `fields` the model side.
A wrong row, column, key or a single flipped bit raises `Unreadable`; nothing ever falls back to raw bytes.
Formats and limits: docs/privacy.md.
"""
