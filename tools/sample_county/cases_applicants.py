"""Cases about who applies: units that may not commit, applicants the policy does not serve."""

from __future__ import annotations

from datetime import date

from sample_county.case_kit import NORTHWARD, SOUTHWARD, Draft, road_fact, row_at


def unit_drafts() -> list[Draft]:
    """Units that may not commit."""
    return [
        Draft(
            "telecom", row_at(5915, 3160), NORTHWARD, "unit suspended, not rectified", "joint",
            "suspended on 2026-03-01; three months are over, the defects are not mended",
            ("unit_suspension:fail",), fields={"unit": "telecom_b"},
        ),
        Draft(
            "power", row_at(6140, 3160), SOUTHWARD, "unit suspended, 3 months not over", "joint",
            "suspended on 2026-07-20, mended on 2026-08-01; three months end on 2026-10-20",
            ("unit_suspension:fail",), fields={"unit": "power_b"},
        ),
        Draft(
            "power", row_at(5900, 4050), SOUTHWARD, "suspension over and mended", "commitment",
            "the same unit, works planned on 2026-11-10", planned_on=date(2026, 11, 10),
            fields={"unit": "power_b"},
        ),
        Draft(
            "telecom", row_at(4670, 2660), NORTHWARD, "unit missing while one is suspended",
            "undetermined", "nobody wrote whose line it is; one telecom unit may not commit",
            ("unit_suspension:unknown",), fields={"unit": None},
        ),
    ]  # fmt: skip


def applicant_drafts() -> list[Draft]:
    """Whom the policy serves."""
    protected = row_at(5535, 2720)
    return [
        Draft(
            "water", row_at(4350, 3130), NORTHWARD, "applicant kind missing", "undetermined",
            "the column is there, the cell is empty: company or resident, nobody can say",
            ("applicant:unknown",), fields={"applicant_kind": None},
        ),
        Draft(
            "water", row_at(5020, 3130), NORTHWARD, "way: outside_policy; resident",
            "outside_policy", "residents apply elsewhere, though every condition passes",
            ("applicant:fail",), fields={"applicant_kind": "resident"},
        ),
        Draft(
            "gas", row_at(4690, 3130), [(0, -31), (0, 3.8)], "non-resident, switch off",
            "outside_policy", "the county serves companies only (serves_non_residents = false)",
            ("applicant:fail",), fields={"applicant_kind": "non_resident"},
        ),
        Draft(
            "water", protected, SOUTHWARD, "resident at a protected road", "joint_government",
            "article 33 holds for everybody: delivered on 2024-06-30",
            ("applicant:fail", "road_protection:fail"), fields={"applicant_kind": "resident"},
            roads=road_fact("h2720", protected, delivered_on=date(2024, 6, 30)),
        ),
    ]  # fmt: skip
