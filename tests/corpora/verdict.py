#!/usr/bin/env python3
"""verdict.py RESULTS EXCEPTIONS [--sample]: which cases failed that nobody has excused.

RESULTS is what the judge wrote. EXCEPTIONS has a line per case that can't be exact: corpus, case, the reason that
PostgreSQL gives, with tabs between. An exception that passes is reported too, so that the list stays true.
With --sample the exceptions that were not in the sample are left alone.
"""
import json
import sys


def exact(case):
    return case.get("up") == case.get("down") == "exact" and not case.get("up_rebuilt") and not case.get("down_rebuilt")


def why(case):
    if case.get("tool") != "ok":
        return f"{case.get('tool')}: {case.get('tool_error', '')}"
    for way in ("up", "down"):
        if case.get(way) != "exact":
            return f"{way} {case.get(way)}: {case.get(way + '_error') or case.get(way + '_diff')}"
    return f"made anew: {case.get('up_rebuilt') or case.get('down_rebuilt')}"


def main(results, exceptions, sample):
    cases = {(corpus, case["id"]): case for corpus, of_it in json.load(open(results))["cases"].items() for case in of_it}
    lines = [line.rstrip("\n").split("\t") for line in open(exceptions) if line.strip() and not line.startswith("#")]
    excused = {(corpus, case): reason for corpus, case, reason in lines}
    judged = {key: case for key, case in cases.items() if "broken_case" not in case}
    if not judged:
        sys.exit("no case was judged")
    failed = {key: case for key, case in judged.items() if not exact(case)}
    faults = [f"{'/'.join(key)}: {why(case)}" for key, case in failed.items() if key not in excused]
    faults += [f"{'/'.join(key)}: is exact now; take it out of the exceptions" for key in excused if key in judged and key not in failed]
    if not sample:
        faults += [f"{'/'.join(key)}: there is no such case; take it out of the exceptions" for key in excused if key not in cases]
    print(f"{len(judged)} cases: {len(judged) - len(failed)} exact both ways, {len(failed)} not, {len(failed) - sum(key not in excused for key in failed)} of them excused")
    print("\n".join(sorted(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], "--sample" in sys.argv))
