"""What of a foreign layer becomes which field: what is proposed, what is certain, what is asked.

The steps are pure functions, the same for the command line and for a window: a file's columns are
described (``ForeignLayer``), ``propose`` says what becomes of them, ``Proposal.questions`` is what
is not certain, ``Answers`` what was decided; one proposes again until nothing is asked.
``io.importing`` reads before and writes after.
"""
