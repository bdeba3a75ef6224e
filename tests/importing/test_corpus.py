"""Every awkward file ends in the county with a true report, or is refused with one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shapely

from neixiang_survey_plugin.app.wording.importing import import_sentences
from neixiang_survey_plugin.app.wording.repairs import repair_sentence
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.import_tables import how_words
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer
from tests.importing.corpus import AWKWARD
from tests.importing.corpus.base import Awkward, Imported, Refused
from tests.importing.counties import make_county
from tests.importing.test_county_import import state


def test_the_corpus_holds_sixty_files_and_none_twice() -> None:
    names = [file.name for file in AWKWARD]
    assert len(names) >= 60
    assert len(names) == len(set(names))


@pytest.mark.parametrize("file", AWKWARD, ids=lambda file: file.name)
def test_an_awkward_file_ends_as_it_must(file: Awkward, tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    folder = tmp_path / "source"
    folder.mkdir()
    source = file.build(folder)
    before = state(county)
    request = ImportRequest(file.layer, (source,), county, **file.options)
    if isinstance(file.expected, Refused):
        with pytest.raises(SurveyError) as refused:
            import_layer(request)
        assert state(county) == before
        (sentence,) = refused.value.problems
        assert re.search(file.expected.says, sentence), sentence
        assert source.name in sentence
        assert "\n" not in sentence
        return
    check_imported(request, file.expected, county)


def check_imported(request: ImportRequest, expected: Imported, county: Path) -> None:
    report = import_layer(request)
    table = load_county(county).layers[report.layer]
    assert len(table) == report.features == expected.features
    assert shapely.is_valid(table.geometry).all()
    told = [*import_sentences(report), *(word for one in report.fields for word in how_words(one))]
    told += [repair_sentence(one) for one in report.repairs.shapes]
    for words in expected.says:
        assert words in "\n".join(told), told
    found = {one.repair.trouble.value for one in report.repairs.shapes}
    assert found == set(expected.troubles)
