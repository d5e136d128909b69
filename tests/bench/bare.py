"""What a service would cost that does nothing: one FastAPI route that puts the body it is sent into one table."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import uvicorn
from fastapi import FastAPI, Request

TABLE = "create table bare (id bigint generated always as identity primary key, told jsonb not null)"


def create_app(dsn: str) -> FastAPI:
    """The route, over a pool of connections."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with asyncpg.create_pool(dsn) as app.state.pool:
            yield

    app = FastAPI(lifespan=lifespan)

    @app.post("/events", status_code=201)
    async def insert(told: dict[str, Any], request: Request) -> dict[str, int]:
        statement = "insert into bare (told) values ($1) returning id"
        return {"id": await request.app.state.pool.fetchval(statement, json.dumps(told))}

    return app


if __name__ == "__main__":
    uvicorn.run(
        create_app(os.environ["DATABASE_URL"]),
        port=int(os.environ["PORT"]),
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
    )
