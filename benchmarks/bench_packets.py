"""A thousand packets in one batch: how many a second, and whether memory stays where it is.

The cases are those of the sample county, again and again, each packet whole: forms, drawings,
quantities, map, data, the county around, the ZIP. What lies on disk is taken away after each
round, so that the disk does not decide. With ``--pdf`` LibreOffice turns the forms into PDF,
twenty packets in a run.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.packet.pdf import find_office
from neixiang_survey_plugin.io.packet.writing import Order, PacketMaker
from neixiang_survey_plugin.io.routes_file import read_routes

ON = date(2026, 11, 22)
_PAGE_MB = resource.getpagesize() / 1e6


def maker_and_orders(pdf: bool) -> tuple[PacketMaker, list[Order]]:
    """What writes the packets of the sample county, and an order for each of its cases."""
    folder = places.sample_county()
    county = load_county(folder)
    routes = read_routes(folder / "cases" / "routes.gpkg", county).routes
    conflicts = ConflictSearch(county, load_clearances(folder)).judge(routes)
    check = replace(Checker(county).check(routes, ON), conflicts=conflicts)
    maker = PacketMaker(check, county, folder, find_office() if pdf else None)
    return maker, [Order(case) for case in check.cases]


def rounds(maker: PacketMaker, orders: list[Order], count: int) -> Iterator[int]:
    """Write so many packets; how many there are after each round over the cases."""
    done = 0
    while done < count:
        scratch = Path(tempfile.mkdtemp(prefix="bench-packets-"))
        try:
            done += sum(1 for _ in maker.write_each(orders[: count - done], scratch))
        finally:
            shutil.rmtree(scratch)
        yield done


def memory_mb() -> float:
    """What this process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_MB


def main() -> None:
    """Print a row after each round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packets", type=int, default=1000)
    parser.add_argument("--pdf", action="store_true")
    asked = parser.parse_args()
    maker, orders = maker_and_orders(asked.pdf)
    began, worked = time.perf_counter(), time.process_time()
    print("packets  seconds  processor s  packets/processor s  memory MB")
    for done in rounds(maker, orders, asked.packets):
        seconds, processor = time.perf_counter() - began, time.process_time() - worked
        rate = done / processor
        print(
            f"{done:7d}  {seconds:7.1f}  {processor:11.1f}  {rate:19.2f}  {memory_mb():9.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
