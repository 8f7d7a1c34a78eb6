"""Take the pictures of a page that the README shows.

    kg build seeds -o out/demo
    python scripts/screenshot.py out/demo/graph.html docs/img/graph.png --select "Joseph Mutua"
    python scripts/screenshot.py out/demo/graph.html docs/img/reader.png --at "view=reader" --fact "Maes denied"
    python scripts/screenshot.py out/demo/graph.html docs/img/map.png --at "view=map&beside=timeline"

Needs Chromium, its driver and selenium (extra `dev`). The picture looks best where Inter and Caladea are installed
(Debian: fonts-inter, fonts-crosextra-caladea).
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


def main() -> None:
    """Open the page, choose a node, save the picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--select", metavar="NAME", help="open the panel of this node")
    parser.add_argument("--at", metavar="FRAGMENT", default="", help="what follows # in the address: views, filters")
    parser.add_argument("--fact", metavar="WORDS", help="choose the first statement whose sentence has these words")
    parser.add_argument("--size", default="1440x900", help="width and height in pixels")
    parser.add_argument("--dark", action="store_true")
    arguments = parser.parse_args()
    width, height = map(int, arguments.size.split("x"))
    with tempfile.TemporaryDirectory() as profile:
        driver = _browser(profile, width, height, "dark" if arguments.dark else "light")
        try:
            driver.get(f"{arguments.page.resolve().as_uri()}#{arguments.at}")
            time.sleep(2)
            if arguments.select:
                _select(driver, "node", "kg.data.nodes", "one.name === word", arguments.select)
            if arguments.fact:
                _select(driver, "claim", "kg.data.claims", _SAYS, arguments.fact)
            arguments.picture.parent.mkdir(parents=True, exist_ok=True)
            driver.save_screenshot(str(arguments.picture))
        finally:
            driver.quit()
    print(f"{arguments.picture}: {arguments.picture.stat().st_size / 1000:.0f} kB")


def _browser(profile: str, width: int, height: int, theme: str) -> "Chrome":
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or sys.exit("chromium is not installed")
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "no-first-run", "hide-scrollbars"):
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={profile}")
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": "prefers-color-scheme", "value": theme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    return driver


_SAYS = "kg.data.sources[one.document].text.slice(one.start, one.end).includes(word)"


def _select(driver: "Chrome", kind: str, things: str, is_it: str, word: str) -> None:
    found = f"const word = {json.dumps(word)}; const id = {things}.findIndex(one => {is_it});"
    if driver.execute_script(f"{found} if (id >= 0) kg.select({{kind: '{kind}', id}}, {{near: true}}); return id") < 0:
        sys.exit(f"no {kind} with {word!r}")
    time.sleep(1)


if __name__ == "__main__":
    main()
