"""Some cases of the sample county on their way, for the pictures of the window."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from neixiang_survey_plugin.app.casework.desk import CaseDesk
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.opening import open_cases
from neixiang_survey_plugin.app.casework.recording import Step, SurveySheet
from neixiang_survey_plugin.app.inspecting import Finding, InspectionAsked
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind, State
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.casework.site import (
    JointSurvey,
    Opinion,
    OpinionKind,
    Participant,
)
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.county import InspectionKind
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome
from neixiang_survey_plugin.core.supervision.inspections import Inspection
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.qt import QtCore, QtGui

NOW = datetime(2026, 11, 25, 10, 20)  # a Wednesday
_DAY = timedelta(days=1)


def bring_on_the_way(window: Any) -> None:
    """Register cases of the sample, and take some of them further; nothing where that is done."""
    if any(one is not None and window.book.case(one).state for one in window.book.ids()):
        return
    _register(window, "C03", "示例食品有限公司", NOW - _DAY, ("gas",), "示例冷链项目")
    _register(window, "MAIN", "示例电子科技有限公司", NOW + _DAY, _ALL, "示例产业园一期")
    _register(window, "C01", "示例机械厂", NOW - 2 * _DAY, ("water",), "示例扩建厂房")
    _register(window, "C02", "示例酒店", NOW + 8 * _DAY, ("gas",), "示例宾馆")
    desk = CaseDesk(window.session, window.book)
    _survey(desk)
    _permit(desk)
    _inspect(desk)


_ALL = ("water", "power", "gas", "heat", "telecom")


def _register(
    window: Any, case_id: str, who: str, access: datetime, utilities: tuple[str, ...], name: str
) -> None:
    at = NOW - 5 * _DAY
    case = Case(
        case_id=case_id,
        applicant_name=who,
        applicant_kind="company",
        project_name=name,
        address="示例工业路 3 号",
        received_at=at,
        agreed_access_at=access,
    )
    services = tuple(Service(utility=one, service_kind=ServiceKind.NEW) for one in utilities)
    application, county = Application(case, services), window.session.county
    window.session.step(
        "case",
        lambda store: open_cases(store, [application], Act("示例政务大厅", at), county),
        case_id,
    )


def _survey(desk: CaseDesk) -> None:
    """The joint survey of the gas case: two spoke, one is awaited; two photos."""
    at = NOW - 2 * _DAY
    sheet = SurveySheet(
        JointSurvey(
            surveyed_at=at,
            place="示例工业路 3 号门前",
            organised_by="示例燃气公司",
            way=Way.JOINT,
            conclusion="穿越长度在限值附近，按并联审批办理",
        ),
        (
            Participant(unit="gas", person="示例李工"),
            Participant(unit="water", person="示例王工"),
            Participant(unit="示例公安局交通警察大队", person="示例郑警官"),
        ),
        (
            Opinion(unit="gas", opinion=OpinionKind.AGREE, given_by="示例李工", given_at=at),
            Opinion(
                unit="示例公安局交通警察大队",
                opinion=OpinionKind.AGREE_WITH_CONDITIONS,
                conditions="夜间施工，占道不超过一条车道",
                given_by="示例郑警官",
                given_at=at,
            ),
        ),
        tuple(_photos(desk, at)),
    )
    desk.hold_survey("C03", sheet, Act("示例李工", at + timedelta(hours=1)))
    for hours, state in ((2, State.ROUTED), (3, State.JUDGED)):
        desk.advance("C03", Step(state, Act("示例李工", at + timedelta(hours=hours))))


def _photos(desk: CaseDesk, at: datetime) -> list[Photo]:
    """Two pictures along the line, drawn in two colours."""
    line = desk.session.routes["C03-gas"].line
    made = []
    for number, (part, colour) in enumerate(((0.35, "#8a9a5b"), (0.75, "#8f7a66")), start=1):
        place = line.interpolate(part, normalized=True)
        made.append(
            Photo(
                file_name=f"IMG_{number:04d}.jpg",
                media_type="image/png",
                image=_drawn(colour),
                easting_m=place.x,
                northing_m=place.y,
                taken_at=at,
                taken_by="示例李工",
            )
        )
    return made


def _drawn(colour: str) -> bytes:
    """A street under a sky, as a small picture."""
    image = QtGui.QImage(320, 240, QtGui.QImage.Format.Format_RGB32)
    image.fill(QtGui.QColor("#c9d8e4"))
    painter = QtGui.QPainter(image)
    painter.fillRect(0, 110, 320, 130, QtGui.QColor(colour))
    street = [QtCore.QPointF(x, y) for x, y in ((120, 110), (200, 110), (290, 240), (30, 240))]
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(QtGui.QColor("#6b6d70"))
    painter.drawPolygon(QtGui.QPolygonF(street))
    painter.end()
    kept = QtCore.QByteArray()
    buffer = QtCore.QBuffer(kept)
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(kept)


def _permit(desk: CaseDesk) -> None:
    """What departments were told of the hotel's line, received and decided."""
    told, received = NOW - _DAY, NOW - _DAY + timedelta(minutes=40)
    for matter in (Matter.PLANNING, Matter.EXCAVATION, Matter.TRAFFIC_POLICE):
        desk.decide("C02", Decision(matter=matter, notified_at=told))
    for matter in (Matter.PLANNING, Matter.EXCAVATION):
        desk.decide("C02", Decision(matter=matter, received_at=received))
    desk.decide(
        "C02",
        Decision(
            matter=Matter.PLANNING,
            outcome=DecisionOutcome.GRANTED,
            document_number="示例规〔2026〕3号",
            conditions="竣工后 30 日内报竣工测量",
            decided_at=NOW - timedelta(hours=2),
            decided_by="示例钱科",
        ),
    )


def _inspect(desk: CaseDesk) -> None:
    """An inspection of the factory's line: something was broken, and has to be put right."""
    day = NOW.date()
    promise = Promise(
        case_id="C01", route_id="C01-water", utility="water", unit="water", promised_on=day
    )
    desk.session.record("packet", lambda store: store.keep([promise], what="packet"), "C01")
    on = day - _DAY
    asked = InspectionAsked("C01", "water", "excavation", InspectionKind.AFTER, on, "示例赵科")
    sheet = desk.start_inspection(asked)
    desk.record_findings(sheet.inspection, _found(on, day + 5 * _DAY))


def _found(on: date, due_on: date) -> list[Finding]:
    kept, broken = ClauseOutcome.KEPT, ClauseOutcome.BROKEN
    return [
        Finding(PromiseKind.LENGTH, kept, "皮尺复核 54.8 m", on),
        Finding(PromiseKind.REINSTATEMENT, broken, "路面沉陷 3 cm，照片 12", on, due_on=due_on),
    ]


def inspection_of(window: Any, case_id: str) -> Inspection:
    """The inspection of a case."""
    found: Inspection = window.session.store.records(Inspection, case_id=case_id)[-1]
    return found
