"""What a page of many nodes costs a browser: CPU seconds of its main thread until it is drawn and answers a click.

    python benchmarks/page.py [--nodes 2000] [--repeat 3] [--bar 3] [--answer 100] [--block 1000]
    python benchmarks/page.py --nodes 20000 --bar 1.5   # above 5,000 nodes WebGL draws
    python benchmarks/page.py --nodes 2000 --write page.html

The articles are made up by a fixed seed. Chromium runs headless, without a GPU (SwiftShader plays one for WebGL, in
a process of its own, which the clock feels and the page's CPU time does not), from a profile of its own; the figures
are those of its own Performance.getMetrics, counted in CPU time of the page's thread. The median of the repeats is
taken. Beside them stand two times of the clock: from the press of the mouse until the panel is painted, and the longest
block of the thread. Exit status 1 over `--bar` seconds, over `--answer` or `--block` milliseconds, when the page asks
anything of a network, or writes an error to the console.
"""

import argparse
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import Annotation, Argument, Entity, Modality, Predicate, Triple

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

KINDS = {
    "Person": ("Actor", "Entity"),
    "NGO": ("Organization", "Actor", "Entity"),
    "GovernmentBody": ("Organization", "Actor", "Entity"),
    "Company": ("Organization", "Actor", "Entity"),
    "Group": ("Actor", "Entity"),
    "City": ("Place", "Entity"),
    "Country": ("Place", "Entity"),
    "Event": ("Entity",),
}
RELATIONS = ("heads", "metWith", "criticised", "supported", "ordered", "travelledTo", "locatedIn", "provided", None)
FIRST = ("Ada", "Bruno", "Chiara", "Dario", "Elin", "Farid", "Greta", "Hugo", "Ines", "Jakob", "Kaya", "Luca")
LAST = ("Arden", "Belmar", "Corvin", "Dahl", "Esposito", "Farrow", "Grimm", "Holt", "Ilves", "Jansen", "Kovac")
MODALITIES: tuple[Modality, ...] = ("asserted",) * 18 + ("possible", "intended")


def made_articles(nodes: int) -> Iterator[Annotation]:
    """Yield articles about `nodes` entities in all, a few of which are in many articles, as it is in the news."""
    chance = random.Random(7)  # noqa: S311 — the same articles every time are what is wanted
    everybody = [_made_entity(number, chance) for number in range(nodes)]
    known, rest = everybody[: max(nodes // 25, 2)], everybody[max(nodes // 25, 2) :]
    number = 0
    while rest:
        size = chance.randint(5, 24)
        present = dict.fromkeys(rest[:size])
        rest = rest[size:]
        present.update(
            dict.fromkeys(known[int(len(known) * chance.random() ** 2)] for _ in range(chance.randint(0, 4)))
        )
        yield _made_article(number, tuple(present), chance)
        number += 1


def _made_entity(number: int, chance: random.Random) -> Entity:
    kind = chance.choice((*["Person"] * 5, *KINDS, "City", "Group"))
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}" if kind == "Person" else f"{chance.choice(LAST)} {kind}"
    return Entity(f"e{number}", f"https://example.org/id/e{number}", kind, (kind, *KINDS[kind]), f"{name} {number}")


def _made_article(number: int, present: tuple[Entity, ...], chance: random.Random) -> Annotation:
    pairs = [(present[chance.randrange(index)], entity) for index, entity in enumerate(present) if index]
    pairs += [(one, other) for one, other in (chance.sample(present, 2) for _ in range(len(present) // 2))]
    text = ""
    triples: list[Triple] = []
    for one, other in pairs:
        start = len(text)
        text += f"{one.name} was seen with {other.name} on that day, people who were near them said. "
        middle = start + len(one.name) + 1
        after = middle + len("was seen with ")
        triples.append(
            Triple(
                id=f"t{len(triples)}",
                subject=Argument(one.name, start, start + len(one.name), one.id),
                predicate=Predicate("was seen with", "see", chance.choice(RELATIONS), False, middle, after - 1),
                object=Argument(other.name, after, after + len(other.name), other.id),
                arguments=(),
                negated=chance.random() < 0.03,
                modality=chance.choice(MODALITIES),
                attribution=present[0].id if chance.random() < 0.1 else None,
                confidence=0.8,
                start=start,
                end=len(text) - 1,
            )
        )
    date = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    title, url = f"Article {number}", f"https://example.org/{number}"
    return Annotation(f"a{number:04}", text, (), present, tuple(triples), (), title, url, date)


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds of the page's thread, milliseconds of the clock, megabytes of the heap, and what must not be."""

    drawn: float
    clicked: float
    script: float
    answered: float
    blocked: float
    heap: float
    requests: tuple[str, ...]
    errors: tuple[str, ...]


def measure(page: Path) -> Measured:
    """Open the page, wait until it is drawn, click its largest node, wait for the panel."""
    with tempfile.TemporaryDirectory() as profile:
        driver = _browser(profile)
        try:
            driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
            driver.get(page.resolve().as_uri())
            _wait(driver, "return document.documentElement.dataset.drawn === 'true'")
            drawn = _metrics(driver)
            time.sleep(1)  # a reader looks first
            driver.execute_script(_WATCH)
            _click_first_node(driver)
            _wait(driver, "return window.answered !== undefined")
            clicked = _metrics(driver)
            answered, blocked = driver.execute_script("return [window.answered, Math.max(0, ...window.blocks)]")
            return Measured(
                drawn["TaskDuration"], clicked["TaskDuration"], clicked["ScriptDuration"],
                answered, blocked, drawn["JSHeapUsedSize"] / 1e6, _requests(driver),
                _errors(driver),
            )  # fmt: skip
        finally:
            driver.quit()


_WATCH = """
window.blocks = [];
new PerformanceObserver(list => window.blocks.push(...list.getEntries().map(entry => entry.duration)))
  .observe({ type: 'longtask', buffered: true });
addEventListener('pointerup', event => {
  const painted = () => requestAnimationFrame(() => setTimeout(() => {
    if (document.getElementById('panel').hidden) painted();
    else window.answered = performance.now() - event.timeStamp;
  }));
  painted();
}, { capture: true, once: true });
"""


def _browser(profile: str) -> "Chrome":
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or sys.exit("chromium is not installed")
    flags = "headless=new no-sandbox disable-gpu no-first-run disable-background-networking disable-component-update"
    webgl = "use-angle=swiftshader enable-unsafe-swiftshader"
    for flag in (*flags.split(), *webgl.split(), "disable-sync", f"user-data-dir={profile}", "window-size=1440,900"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def _wait(driver: "Chrome", script: str) -> None:
    end = time.monotonic() + 60
    while not driver.execute_script(script):
        if time.monotonic() > end:
            sys.exit(f"the page never answered: {script}")
        time.sleep(0.02)


def _metrics(driver: "Chrome") -> dict[str, float]:
    return {item["name"]: item["value"] for item in driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]}


def _click_first_node(driver: "Chrome") -> None:
    point = driver.execute_script(
        "const at = kg.picture.toStage(kg.data.picture.nodes[0]);"
        "const box = document.getElementById('stage').getBoundingClientRect(); return [box.x + at.x, box.y + at.y];"
    )
    for kind in ("mousePressed", "mouseReleased"):
        event = {"type": kind, "x": point[0], "y": point[1], "button": "left", "clickCount": 1}
        driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)


def _errors(driver: "Chrome") -> tuple[str, ...]:
    """What was written to the console, but for what SwiftShader says of its own speed."""
    said = (entry["message"] for entry in driver.get_log("browser"))  # type: ignore[no-untyped-call]
    return tuple(message for message in said if "GL Driver Message (OpenGL, Performance" not in message)


def _requests(driver: "Chrome") -> tuple[str, ...]:
    """Addresses asked for, but for the page itself and the pages that Chromium brings along."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]  # type: ignore[no-untyped-call]
    asked = [item["params"]["request"]["url"] for item in messages if item["method"] == "Network.requestWillBeSent"]
    return tuple(url for url in asked if not url.startswith(("file:", "data:", "chrome:")))


def main() -> None:
    """Measure and print, or only write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--nodes", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--bar", type=float, default=3.0, help="CPU seconds")
    parser.add_argument("--answer", type=float, default=100.0, help="milliseconds until a click is answered")
    parser.add_argument("--block", type=float, default=1000.0, help="milliseconds of the longest block")
    parser.add_argument("--write", type=Path, help="write the page here and stop")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = arguments.write or Path(folder) / "page.html"
        _write(page, arguments.nodes)
        if arguments.write:
            return
        runs = [measure(page) for _ in range(arguments.repeat)]
    clicked = statistics.median(run.clicked for run in runs)
    print(f"drawn      {statistics.median(run.drawn for run in runs):.2f} CPU seconds of the page")
    script = statistics.median(run.script for run in runs)
    print(f"clicked    {clicked:.2f} (at most {arguments.bar}), of it script {script:.2f}")
    answered = statistics.median(run.answered for run in runs)
    blocked = statistics.median(run.blocked for run in runs)
    print(f"answered   {answered:.0f} ms after the click (at most {arguments.answer:.0f})")
    print(f"longest block {blocked:.0f} ms (at most {arguments.block:.0f})")
    print(f"heap       {statistics.median(run.heap for run in runs):.0f} MB when drawn")
    faults = sorted({fault for run in runs for fault in (*run.requests, *run.errors)})
    print(f"requests and errors: {faults or 'none'}")
    over = clicked > arguments.bar or answered > arguments.answer or blocked > arguments.block
    sys.exit(bool(faults) or over)


def _write(page: Path, nodes: int) -> None:
    from kg.view.page import write

    began = time.process_time()
    write(made_articles(nodes), page)
    size = page.stat().st_size / 1e6
    print(f"{nodes} nodes: written in {time.process_time() - began:.1f} CPU seconds, {size:.1f} MB")


if __name__ == "__main__":
    main()
