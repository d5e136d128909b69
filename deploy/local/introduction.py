"""What `make run` prints once everything is up: where to look, a token, and three lines to try."""

from deploy.local.stories import END, SIBLINGS

_ENDING = (
    '{"source": "me", "id": "1", "type": "plan_ended", "occurred_on": "2025-07-15", "meeting": "RCPC-1", '
    '"basis": "here", "data": {"ground": "no_longer_at_risk"}}'
)


_READABLY = "| python3 -m json.tool"


def introduction(url: str, token: str, timers: str) -> str:
    """The lines, ready to print and to paste. `timers` says how those are."""
    child = SIBLINGS[0]
    bearer, is_json = '-H "Authorization: Bearer $TOKEN"', '-H "Content-Type: application/json"'
    ending = f"{url}/v1/cases/{child}/events {is_json} -d '{_ENDING}'"
    return f"""
Planclock is at {url}
  {url}/docs      every call
  {url}/policies  what each procedure asks, by when, and why
  {url}/readyz    whether all is well

{timers}

The made-up cases are in a sandbox whose clock stands at {END}.
An integration client's token for it, good for a day:

export TOKEN={token}

What must be done, by when, under which clause:
curl -s {bearer} {url}/v1/duties {_READABLY}

One child, as it was known on the first of May, when the first core group was late:
curl -s {bearer} "{url}/v1/cases/{child}?known_at=2025-05-01" {_READABLY}

An ending that the procedure forbids, and the clause that does:
curl -s {bearer} {ending} {_READABLY}

Ctrl-C stops everything; make run carries on with the same data, and make fresh forgets it.
"""
