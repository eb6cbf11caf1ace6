"""Papers without a database: the vocabulary of merge fields, letters, the packet, the hearing kit.

A letter is Markdown (content/letters) with `{{ field }}` in it; which fields there are, and who says what they hold,
stands in fields.yaml. A packet is put together from the same facts and from a claim of `wagelaw`.
"""
