"""Fit the confidence of triples and write `kg/extract/confidence.json`; priors of rules stay as they stand in the file.

python scripts/fit_confidence.py            fits on all judged triples, after a cross-validation by sentence
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import calibration
from kg.extract import confidence

NOTE = (
    "Probability that a triple is right. Fitted by scripts/fit_confidence.py on CaRB dev (MIT, Copyright (c) 2021 Data "
    "Analytics and Intelligence Research (DAIR) Group, IIT Delhi) and BenchIE (data CC BY 4.0, Gashteovski et al., ACL "
    "2022): figures, not copies of texts. Priors: set by hand, see docs/decisions/0060-confidence.md."
)


def main() -> int:
    """Fit, report and write; return the exit status."""
    if not calibration.OPENIE.is_dir():
        print("the judged triples are not at hand: ../shared/bench/openie", file=sys.stderr)
        return 1
    priors = dict(json.loads(confidence.FILE.read_text(encoding="utf-8"))["priors"])
    judged = calibration.rows()
    calibration.report(judged, calibration.cross_validated(judged, priors, 5), priors)
    found = calibration.fit(judged, priors)
    data = {"note": NOTE, "bias": found.bias, "priors": priors, "weights": dict(found.weights)}
    confidence.FILE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
