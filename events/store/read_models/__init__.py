"""The worklist and the case list: what the log means, kept ready to be searched.

Both are tables of one read model, `lists`, because both come from one assessment of a case; one checkpoint for each
authority moves them together, so each event has its effect on both exactly once. Rows are a pure function of a
case's events and the authority's activations up to the checkpoint. Nothing in them changes with time: whether a duty
has been missed is worked out in the query, from its date and the authority's clock, so that the lists are right even
when nothing runs.

What a row tells. In clear stand random ids, the owner a clause names, outcomes, due instants, stages, categories and
flags. Duties (their ids hold a hash of the caller's meeting id), rules (which may give away an age), teams and workers
are keyed hashes under the authority's key, and all that is shown is sealed under the case's key. Dates that would let
a birthday be read off the table are only in the sealed part: those of duties counted from anything but a meeting or a
recorded event (the anchors that tell no birthday are listed, so that a new one is withheld until somebody has thought
about it), of duties that a birth began, and of what follows an ending at 18. Such a row carries only a keyed hash of
its month: a query hashes the months it asks for, opens the rows they find, and merges them into the page. The day on
which a duty was met or closed, or a plan ended, stands nowhere in clear.
"""
