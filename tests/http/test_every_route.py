"""Every route answers, as its description says."""

from tests.http.client import registered
from tests.http.conftest import Sandbox
from tests.http.plans import asked_for


async def test_every_get_answers_for_a_case_that_is_there(sandbox: Sandbox) -> None:
    client = await sandbox()
    await client.tell("CHILD-A", registered(), *asked_for("2025-03-03"))
    await client.advance("2025-03-03T10:00:00+00:00")

    paths = (
        "/v1/cases /v1/cases/CHILD-A /v1/cases/CHILD-A/events /v1/cases/CHILD-A/duties /v1/cases/CHILD-A/notices "
        "/v1/notices /v1/posts /v1/reports/biannual /v1/meetings/ICPC-1 /v1/duties "
        "/v1/events /v1/event-types /v1/authorities /v1/policies /v1/policies/staffordshire /healthz /readyz /metrics "
        "/openapi.json /v1/policies/staffordshire/page /policies /policies/wales /docs /docs/event-types"
    )
    answers = {path: (await client.get(path)) for path in paths.split()}

    assert {path for path, answer in answers.items() if answer.status_code != 200} == set()
