"""What Spark starts on each machine in the place of its own daemon, from which the Python workers are forked.

Modules are imported before the fork, so that workers begin at once and share them. And the archive of Spark's classes
leaves the path: Python would read its 8,000 names again for every task, which takes longer than a small task.
"""

import gc
import sys


def leave_archives(path: list[str]) -> list[str]:
    """Return a module search path without Java archives.

    >>> leave_archives(["/opt/spark/jars/spark-core.jar", "/opt/spark/python/lib/pyspark.zip"])
    ['/opt/spark/python/lib/pyspark.zip']
    """
    return [entry for entry in path if not entry.endswith(".jar")]


def main() -> None:
    """Serve as the daemon until Spark ends it."""
    sys.path[:] = leave_archives(sys.path)
    for entry in list(sys.path_importer_cache):
        if entry.endswith(".jar"):
            del sys.path_importer_cache[entry]
    import pyspark.daemon

    import kg.corpus.spark_nodes
    import kg.corpus.spark_reading  # noqa: F401

    gc.collect()
    gc.freeze()
    pyspark.daemon.manager()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
