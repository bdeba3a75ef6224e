"""The rows of the panel 数据: layers, facts from the site, what is to be found out."""

from __future__ import annotations

from neixiang_survey_plugin.app.quality.quality import FieldQuality, LayerQuality, Quality, Task
from neixiang_survey_plugin.app.wording.figures import trimmed
from neixiang_survey_plugin.app.wording.quality import percent
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.ui.line_list import ListLine
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.states import State

_Key = str | LayerQuality | ConfirmedFact | Task
_LAYERS, _CONFIRMED, _TASKS = "heading_layers", "heading_confirmed", "heading_tasks"
_MORE = "more"  # how many tasks there are beside those that are listed
_MOST = 5_000  # tasks, the pressing ones first: to list 600,000 took 80 ms


class QualityRows:
    """What is shown of a county's quality, in the language of the window."""

    def __init__(self, look: Look, quality: Quality) -> None:
        self._look, self._quality = look, quality

    def summary(self) -> str:
        """On how many roads nothing can be judged."""
        probed, texts = self._quality.probed, self._look.texts
        if not probed.doubts:
            return texts("quality.all_judged", roads=probed.roads)
        return texts(
            "quality.judged",
            doubtful=len(probed.doubts),
            roads=probed.roads,
            share=percent(len(probed.doubts) / probed.roads),
            doubtful_km=f"{probed.doubtful_m / 1000:.1f}",
            road_km=f"{probed.road_m / 1000:.1f}",
        )

    def keys(self) -> list[_Key]:
        """The rows, each kind under its heading."""
        found = self._quality
        keys: list[_Key] = [_LAYERS, *found.layers, *found.layers_absent]
        if found.confirmed:
            keys += [_CONFIRMED, *found.confirmed]
        if found.tasks:
            keys += [_TASKS, *found.tasks[:_MOST]]
        return [*keys, _MORE] if len(found.tasks) > _MOST else keys

    def line(self, key: _Key) -> ListLine:
        """What a row shows."""
        if isinstance(key, LayerQuality):
            return self._layer(key)
        if isinstance(key, ConfirmedFact):
            return self._confirmed(key)
        if isinstance(key, Task):
            return self._task(key)
        texts = self._look.texts
        if key in self._quality.layers_absent:
            absent = texts("quality.absent")
            return ListLine(self._look.words.layer(key), absent, states=(State.UNKNOWN,))
        if key == _MORE:
            left = f"{len(self._quality.tasks) - _MOST:,}"
            return ListLine(texts("quality.more", count=left), heading=True)
        counts = {
            _LAYERS: len(self._quality.layers),
            _CONFIRMED: len(self._quality.confirmed),
            _TASKS: len(self._quality.tasks),
        }
        return ListLine(texts(f"quality.{key}"), beside=f"{counts[key]:,}", heading=True)

    def _layer(self, layer: LayerQuality) -> ListLine:
        texts = self._look.texts
        facts = sorted((one for one in layer.fields if one.needed), key=lambda one: one.share)
        gaps = [self._field(one) for one in facts if one.filled < one.needed]
        known = layer.accuracy_m is not None
        about = [
            texts("quality.accuracy", metres=trimmed(layer.accuracy_m or 0.0))
            if known
            else texts("quality.accuracy_unknown"),
            texts("quality.coverage_unknown")
            if layer.coverage_m2 is None
            else texts("quality.coverage", km2=f"{layer.coverage_m2 / 1e6:.1f}"),
        ]
        if layer.file_day is not None:
            about.append(texts("quality.file_day", day=layer.file_day.isoformat()))
        if layer.newest_day is not None:
            about.append(texts("quality.newest_day", day=layer.newest_day.isoformat()))
        lacking = bool(gaps) or not known
        return ListLine(
            self._look.words.layer(layer.layer),
            " · ".join([*gaps, *about]),
            texts("quality.features", count=f"{layer.features:,}"),
            states=(State.UNKNOWN if lacking else State.PASS,),
            says=" · ".join([*map(self._field, facts), *about]),
        )

    def _field(self, field: FieldQuality) -> str:
        return f"{self._look.texts(f'field.{field.field}')} {percent(field.share)}"

    def _confirmed(self, fact: ConfirmedFact) -> ListLine:
        value = "" if fact.value is None else self._look.words.cell(fact.field, fact.value)
        return ListLine(
            f"{self._object(fact.layer, fact.object_id, fact.field)} {value}",
            " · ".join(filter(None, (fact.evidence, fact.confirmed_by))),
            states=(State.PASS,),
        )

    def _task(self, task: Task) -> ListLine:
        texts = self._look.texts
        hangs = texts("quality.hangs", roads=task.roads, metres=f"{task.road_m:.0f}")
        return ListLine(
            self._object(task.layer, task.object_id, task.field),
            hangs if task.roads else texts(f"quality.{task.purpose.value}"),
            states=(State.UNKNOWN,) if task.roads else (),
        )

    def _object(self, layer: str, object_id: str, field: str) -> str:
        look = self._look
        words = look.texts(f"field.{field}")
        return look.texts(
            "quality.task", layer=look.words.layer(layer), object=object_id, field=words
        )
