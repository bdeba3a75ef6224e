"""What packets are written with is loaded once, and a window never walks it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# A window makes the first packet of its day, and collects what is new between two events.
_FIRST_PACKET = """
import gc
import sys
from pathlib import Path
from neixiang_survey_plugin.io.memory import collect_a_little, collect_by_hand
from neixiang_survey_plugin.io.packet.tools import load_tools
from tests.packet import sampled
made = sampled.maker()
collect_by_hand()
load_tools()
collect_a_little()
made.write(sampled.case("C01"), Path(sys.argv[1]))
gc.collect()
print(len(gc.get_objects()))
"""


def test_the_first_packet_leaves_little_to_walk_for_the_collector_of_cycles(tmp_path: Path) -> None:
    ran = [sys.executable, "-c", _FIRST_PACKET, str(tmp_path)]
    said = subprocess.run(ran, check=True, stdout=subprocess.PIPE, text=True)
    assert int(said.stdout) < 30_000  # 9,000; 150,000 where libraries and font are walked
