"""An article about a role, as bytes, becomes a draft of a guide and a report of what became of each paragraph.

`reading` turns any file into blocks, `shape` finds the headings and lists in them, `placing` gives each block its place in
an `ArticleDraft`; up to there nothing touches the database. `writing` brings the draft into it.
"""
