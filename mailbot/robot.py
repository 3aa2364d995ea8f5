"""The timetable: which job runs when, nothing else."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from mailbot.domain.ports import Alarm

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the timetable; it never runs beside itself."""

    name: str
    run: Callable[[], object]
    every: timedelta


class Robot:
    """
    Runs the jobs of one process, each in a thread of its own.

    What several robots must agree on (who reads a mailbox, who sends a letter) is settled by
    leases and claims in the database; the job store lives in memory and coordinates nothing.
    """

    def __init__(self, jobs: Sequence[Job], alarm: Alarm) -> None:
        self._alarm = alarm
        self._scheduler = BackgroundScheduler(
            executors={job.name: ThreadPoolExecutor(1) for job in jobs},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone="UTC",
        )
        for job in jobs:
            self._scheduler.add_job(
                self._guarded(job),
                IntervalTrigger(seconds=max(1, int(job.every.total_seconds()))),
                id=job.name,
                executor=job.name,
                next_run_time=None,
            )
        self._jobs = jobs

    def start(self) -> None:
        """Start every job now."""
        self._scheduler.start()
        for job in self._jobs:
            # Resuming would wait a whole turn first: a robot that is started each morning would
            # never come to its daily jobs.
            self._scheduler.get_job(job.name).modify(next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """Let the running jobs finish and stop."""
        self._scheduler.shutdown(wait=True)

    def _guarded(self, job: Job) -> Callable[[], None]:
        def run() -> None:
            try:
                job.run()
            except Exception as error:  # noqa: BLE001 - one failing job must not stop the rest.
                # A failing job is tried again at its next turn; a person hears of it.
                log.error("job %s failed: %s", job.name, type(error).__name__)  # noqa: TRY400 - a traceback may show mail.
                self._alarm.raise_alarm("job_failed", f"{job.name} {type(error).__name__}")

        return run
