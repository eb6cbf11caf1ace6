"""Papers: printed ones that are frozen when issued, and files that people bring in.

Words: *document* (a PDF of ours, sealed as it was issued), *upload* (a file brought in: the sealed
*original*, and a clean *preview* built from it), *owner* (the row a paper is about: whoever may open that
row may open the paper, and whoever purges it purges the paper too). Promises: bytes are checked against the
owner at every download; nothing lies in clear on the disk; data never becomes code, neither in a template
nor in a decoder.
"""
