"""What breaks: a job whose function went, or takes something else; a worker that loads at its first call what it needs."""

import inspect
import pkgutil
import re
import subprocess
import sys
from importlib import import_module
from typing import get_type_hints

import bot
from bot.core.jobs import Job


def _jobs():
    """(name, job, declared types) of every job of the program."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if module.name.rpartition(".")[2] == "request":
            for name, one in vars(import_module(module.name)).items():
                if isinstance(one, Job):
                    yield f"{module.name}.{name}", one


JOBS = dict(_jobs())


def test_every_job_calls_a_function_of_one_request():
    assert len(JOBS) >= 12
    for name, job in JOBS.items():
        module, _, function = job.target.partition(":")
        called = getattr(import_module(module), function)
        assert len(inspect.signature(called).parameters) == 1, name
        assert "return" in get_type_hints(called), name


def test_a_job_takes_and_gives_what_its_function_does(root):
    """As written: the types of what only a worker loads are no types to the module that names the job."""
    declared = re.compile(r'Job\[(.+?), (\S.*)\]\(\s*"([\w.]+):(\w+)"')
    seen = 0
    for path in root.glob("bot/**/*.py"):
        for taken, given, module, function in declared.findall(path.read_text("utf-8")):
            seen += 1
            source = inspect.getsource(getattr(import_module(module), function))
            assert re.match(
                rf"def {function}\(\s*\w+: {re.escape(taken)},?\s*\) -> {re.escape(given)}:", source
            ), module
    assert seen == len({job.target for job in JOBS.values()})


def test_a_warm_worker_has_loaded_what_its_jobs_need(root):
    program = "from bot.core.warm import warm_up\nwarm_up(4096)\nimport sys\nprint(*sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert {job.module for job in JOBS.values()} <= set(shown.stdout.split())
    assert "is not warm" not in shown.stderr
