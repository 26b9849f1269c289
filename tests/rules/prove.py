#!/usr/bin/env python3
"""Proves rules: prove.py --rutter BIN --site DIR [--root DIR]… [--all] [--seed N]

Rules are read back from what tools make of them, and every packet around an edge of the truth or of a rule is
asked. The truth comes from `api/v1` of the built site alone. One line sums it up; any difference is status 1."""

import argparse
import concurrent.futures
import os
import sys
import time

from cases import every, sample
from judge import ask, judge
from oracle import Facts
from tools import Refused

FACTS = {}


def one(work):
    rutter, site, case, seed = work
    facts = FACTS.setdefault(site, None) or Facts(site)
    FACTS[site] = facts
    try:
        files, said = ask(rutter, case)
    except Refused as error:
        from judge import Outcome

        return Outcome(wrong=[str(error)])
    return judge(facts, case, files, said, seed)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rutter", required=True)
    options.add_argument("--site", action="append", required=True, help="ROOT=BUILT")
    options.add_argument("--all", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", help="one format")
    options.add_argument("--amount", type=int, default=8)
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    options.add_argument("--first", action="store_true", help="end with the first set that differs")
    options.add_argument("--show", type=int, default=1)
    given = options.parse_args()
    start = time.time()
    work = []
    for site in given.site:
        root, _, built = site.partition("=")
        cases = list(every(Facts(built), root, given.seed, 12 if given.all else 30))
        if not given.all:
            cases = sample(cases, given.amount, given.seed)
        work += [(given.rutter, built, case, given.seed) for case in cases if given.only in (None, case.format)]
    sys.exit(report(work, given, start))


def report(work, given, start):
    packets, bad, wider, narrower = 0, {}, 0, 0
    with concurrent.futures.ProcessPoolExecutor(given.jobs) as pool:
        for (_, _, case, _), outcome in zip(work, pool.map(one, work, chunksize=4)):
            packets += outcome.packets
            wider += len(outcome.wider)
            narrower += len(outcome.narrower)
            if not outcome.good:
                bad.setdefault(case.format, []).append((case, outcome))
                if given.first:
                    pool.shutdown(wait=False, cancel_futures=True)
                    break
    for identifier, found in bad.items():
        print(f"{identifier}: {len(found)} sets differ")
        found.sort(key=lambda pair: len(str(pair[0])))
        for case, outcome in found[: given.show]:
            print(f"  {case}")
            for word, items in (("wider", outcome.wider), ("narrower", outcome.narrower), ("wrong", outcome.wrong)):
                for item in sorted(items, key=len)[:4]:
                    print(f"    {word}: {item}")
    differing = sum(map(len, bad.values()))
    print(f"{packets} packets, {len(work)} rule sets, {wider} wider, {narrower} narrower, {differing} differing, skipped: 0 ({time.time() - start:.0f} s)")
    return 1 if bad else 0


if __name__ == "__main__":
    main()
