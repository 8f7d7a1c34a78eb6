"""How far the jobs are, over HTTP: a page asks again until they are over."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from kg.serve.guards import require_writer
from kg.serve.jobs import Job, Jobs
from kg.serve.served import Served

_FRESH = {"Cache-Control": "no-store"}


def routes(served: Served) -> list[BaseRoute]:
    """Return where jobs are listed, begun and given up; only who may write is told of them."""

    async def listed(request: Request) -> JSONResponse:
        require_writer(request.headers, served)
        return JSONResponse([job.told() for job in jobs(request).all()], headers=_FRESH)

    async def begun(request: Request) -> JSONResponse:
        require_writer(request.headers, served)
        return accepted(jobs(request).submit("build", "Build the graph"))

    async def told(request: Request) -> JSONResponse:
        require_writer(request.headers, served)
        return JSONResponse(_job(request).told(), headers=_FRESH)

    async def given_up(request: Request) -> JSONResponse:
        require_writer(request.headers, served)
        job = _job(request)
        jobs(request).cancel(job)
        return JSONResponse(job.told(), headers=_FRESH)

    return [
        Route("/api/jobs", listed),
        Route("/api/jobs", begun, methods=["POST"]),
        Route("/api/jobs/{job}", told),
        Route("/api/jobs/{job}/cancel", given_up, methods=["POST"]),
    ]


def jobs(request: Request) -> Jobs:
    """Return the jobs of the server that was asked."""
    found: Jobs = request.app.state.jobs
    return found


def accepted(job: Job) -> JSONResponse:
    """Return the answer to a request that began a job."""
    return JSONResponse(job.told(), 202, {**_FRESH, "Location": f"/api/jobs/{job.id}"})


def _job(request: Request) -> Job:
    job = jobs(request).get(request.path_params["job"])
    if job is None:
        raise HTTPException(404, "there is no such job, or it is long over")
    return job
