"""What the departments say to a case, and the packets that went to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.policy import Way


class DecisionOutcome(Enum):
    """How a department decided."""

    GRANTED = "granted"
    REFUSED = "refused"
    RETURNED = "returned"  # papers are missing or wrong: to be handed in again
    NOT_NEEDED = "not_needed"  # the matter does not arise after all


@dataclass(frozen=True)
class Decision:
    """One matter of one department on the lines of one utility: told, received, decided.

    ``utility`` None: the row speaks for all lines of the case. Moments by the office's clock.
    """

    uuid: str | None = None
    case_id: str = ""
    utility: str | None = None
    matter: Matter | None = None
    department: str | None = None
    notified_at: datetime | None = None
    received_at: datetime | None = None
    outcome: DecisionOutcome | None = None
    document_number: str | None = None
    conditions: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    remark: str | None = None

    @property
    def is_granted(self) -> bool:
        """Whether nothing more is needed from the department."""
        return self.outcome in (DecisionOutcome.GRANTED, DecisionOutcome.NOT_NEEDED)

    @property
    def is_turned_down(self) -> bool:
        """Whether the department refused, or sent the papers back."""
        return self.outcome in (DecisionOutcome.REFUSED, DecisionOutcome.RETURNED)

    @property
    def is_received(self) -> bool:
        """Whether the department has the papers, and has not turned them down."""
        return self.is_granted or (self.received_at is not None and not self.is_turned_down)


@dataclass(frozen=True)
class PacketIssued:
    """One packet that left the house: for which lines, on which way, and the hash of its bytes."""

    uuid: str | None = None
    case_id: str = ""
    utility: str | None = None
    way: Way | None = None
    policy: str | None = None
    issued_at: datetime | None = None
    issued_by: str | None = None
    sha256: str | None = None
    routes_sha256: str | None = None
    layers_sha256: str | None = None
    rules_sha256: str | None = None
    folder: str | None = None
    remark: str | None = None
