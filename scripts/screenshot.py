"""Take the picture of a page that the README shows.

    kg build seeds -o out/demo
    python scripts/screenshot.py out/demo/graph.html docs/img/graph.png --select "Joseph Mutua"

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
    parser.add_argument("--size", default="1440x900", help="width and height in pixels")
    parser.add_argument("--dark", action="store_true")
    arguments = parser.parse_args()
    width, height = map(int, arguments.size.split("x"))
    with tempfile.TemporaryDirectory() as profile:
        driver = _browser(profile, width, height, "dark" if arguments.dark else "light")
        try:
            driver.get(arguments.page.resolve().as_uri())
            time.sleep(1)
            if arguments.select:
                _select(driver, arguments.select)
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


def _select(driver: "Chrome", name: str) -> None:
    number = driver.execute_script(f"return kg.data.nodes.findIndex(node => node.name === {json.dumps(name)})")
    if number < 0:
        sys.exit(f"no node is named {name!r}")
    driver.execute_script(f"kg.select({{kind: 'node', id: {number}}}, {{near: true}})")
    time.sleep(1)


if __name__ == "__main__":
    main()
