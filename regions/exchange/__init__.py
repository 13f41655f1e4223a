"""Taking what is to be translated out in files that translators' tools read (PO, XLIFF 2), and taking them in again.

Also the one place that says which translation may stand on a page, whatever door it comes through: `checking`.
"""
