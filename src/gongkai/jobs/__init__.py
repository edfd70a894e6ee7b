"""后台任务：work done beside the pages; a worker killed in the middle loses nothing.

The interface is the standard one of ``django.tasks``: a function becomes a task, a task is
enqueued, the worker runs it. A room declares its tasks with :func:`gongkai.jobs.tasks.job` and
what comes round by the clock with :func:`gongkai.jobs.schedule.every`.
"""
