"""The connection to Spark: found or begun, with what kg needs of it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from pyspark import SparkContext

JAVA = 17
EXTRA = "PySpark is not installed: pip install 'kg-actors-places[spark]'"
_LOCAL = re.compile(r"local(\[(\d+|\*)\])?")
_DEFAULTS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.io.compression.codec": "zstd",
    "spark.python.daemon.module": "kg.corpus.spark_daemon",
    "spark.python.worker.memory": "1g",
    "spark.log.level": "ERROR",
}


@contextmanager
def connected(master: str) -> Iterator["SparkContext"]:
    """Give the connection to a master, which ends afterwards; one that the process already had is used and kept.

    Raises:
        UsageError: PySpark or Java is missing, or the master can't be reached.
    """
    if find_spec("pyspark") is None:
        raise UsageError(EXTRA)
    from pyspark import SparkContext

    if SparkContext._active_spark_context is not None:
        yield SparkContext._active_spark_context
        return
    check_java()
    context = _begun(master)
    try:
        yield context
    finally:
        context.stop()


def retrying(master: str) -> str:
    """Return a master of which tasks are tried four times: `local[2]` tries them once.

    >>> retrying("local[2]"), retrying("local"), retrying("spark://host:7077")
    ('local[2,4]', 'local[1,4]', 'spark://host:7077')
    """
    found = _LOCAL.fullmatch(master)
    return f"local[{found[2] or 1},4]" if found else master


def check_java() -> None:
    """Do nothing where Java is there and new enough.

    Raises:
        UsageError: it is missing or too old.
    """
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    install = f"Spark needs Java {JAVA}: apt-get install openjdk-{JAVA}-jre-headless, or set JAVA_HOME"
    try:
        if java is None:
            raise FileNotFoundError
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=True).stderr
    except (OSError, subprocess.SubprocessError):
        raise UsageError(f"no Java{f' in {home}' if home else ''}: {install}") from None
    if (version := java_version(told)) < JAVA:
        raise UsageError(f"Java {version} is too old: {install}")


def java_version(told: str) -> int:
    """Return the number in the answer of `java -version`, 0 where there is none.

    >>> java_version('openjdk version "17.0.15" 2025-04-15'), java_version('java version "1.8.0_392"')
    (17, 8)
    """
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else 0


def _begun(master: str) -> "SparkContext":
    from py4j.protocol import Py4JJavaError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setMaster(retrying(master)).setAppName("kg build")
    for key, value in _DEFAULTS.items():
        conf.setIfMissing(key, value)
    try:
        return SparkContext(conf=conf)
    except (Py4JJavaError, PySparkException, RuntimeError) as error:
        raise UsageError(f"Spark can't begin with --master {master}: {str(error).splitlines()[0]}") from error
