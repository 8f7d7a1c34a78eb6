"""The report as one HTML file: no script, nothing fetched, printable."""

from kg.view import palette
from kg.view.report.records import Report
from kg.view.report.timeline import HEIGHT, WIDTH, timeline
from kg.view.report.worldmap import worldmap
from kg.view.templating import environment

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def render(report: Report) -> str:
    """Return the HTML of a report. Equal reports give equal bytes."""
    return (
        environment("report")
        .get_template("report.html")
        .render(
            report=report,
            figures=report.figures,
            timeline=timeline(report.figures.days),
            chart={"width": WIDTH, "height": HEIGHT},
            map=worldmap(report.figures.spots),
            families=palette.FAMILIES,
            policy=POLICY,
            light=palette.css(dark=False),
            dark=palette.css(dark=True),
        )
    )
