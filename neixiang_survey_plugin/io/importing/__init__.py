"""Bringing a layer of any source into a county's folder, in steps that a window can show.

``read_source`` -> ``app.importing.proposal.propose`` -> ``convert`` -> ``place`` -> (repairs) ->
``gather`` -> ``write_layer``; ``run.import_layer`` does all of them without a screen.
"""
