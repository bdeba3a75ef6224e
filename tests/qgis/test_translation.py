"""The plugin speaks QGIS's language, Chinese or English, by Qt's own way of translating."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from neixiang_survey_plugin.hosts.qgis import memory, translation
from neixiang_survey_plugin.hosts.qgis.processing.provider import ALGORITHMS, SurveyProvider
from neixiang_survey_plugin.i18n import Language, table
from tests.qgis.iface import Iface
from tools.qgis_files.translation import pack, write_source


@pytest.fixture
def chinese(qgis_app: QgsApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """A QGIS that speaks Chinese."""
    monkeypatch.setattr(QgsApplication, "locale", lambda _: "zh_CN")


def test_the_translation_is_what_the_words_make(tmp_path: Path) -> None:
    source = write_source(tmp_path)
    pack(source, source.with_suffix(".qm"))
    for made in (source, source.with_suffix(".qm")):
        assert made.read_bytes() == (translation.FOLDER / made.name).read_bytes(), (
            "run tools/make_qgis_files.py"
        )


def test_both_languages_have_the_same_keys() -> None:
    assert table(Language.CHINESE).keys() == table(Language.ENGLISH).keys()


def test_in_chinese_everything_of_qgis_s_own_interface_is_chinese(chinese: None) -> None:
    take_away = translation.install()
    texts, words = translation.TranslatedTexts(), table(Language.CHINESE)
    keys = [key for key in words if key.partition(".")[0] in translation.SECTIONS]
    assert len(keys) >= 40
    assert {key: texts(key) for key in keys} == {key: words[key] for key in keys}
    assert texts("qgis.dock", name="a") == words["qgis.dock"].format(name="a")
    take_away()
    assert texts("qgis.title") == table(Language.ENGLISH)["qgis.title"]


def test_in_any_other_language_it_is_english(
    qgis_app: QgsApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QgsApplication, "locale", lambda _: "de")
    take_away = translation.install()
    assert memory.language() is Language.ENGLISH
    assert SurveyProvider().name() == "Neixiang Survey"
    take_away()


def test_the_plugin_brings_its_translation_and_takes_it_away(chinese: None) -> None:
    from neixiang_survey_plugin import classFactory

    iface, words = Iface(), table(Language.CHINESE)
    plugin = classFactory(iface)
    plugin.initGui()
    assert plugin.action.toolTip() == words["qgis.tip"]
    assert iface.option_pages[0].title() == words["qgis.title"]
    names = {one().displayName() for one in ALGORITHMS}
    assert names == {words[f"algorithm.{one.NAME}.name"] for one in ALGORITHMS}
    plugin.unload()
    english = table(Language.ENGLISH)["qgis.tip"]
    assert QCoreApplication.translate(translation.CONTEXT, english, "qgis.tip") == english
    iface.close()
