"""Settings: what is known is taken, what is not is refused with its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from siaga.base.config import Config, StoreConfig, load_config, settings
from siaga.base.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    file = folder / "siaga.toml"
    file.write_text(text, "utf-8")
    return file


def test_without_a_file_and_an_environment_all_is_as_it_comes() -> None:
    assert load_config(None, {}) == Config()


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, "[store]\nbatch = 7\nwait = 1\n")
    config = load_config(file, {"SIAGA_STORE_BATCH": "9", "SIAGA_WORKSPACE": "elsewhere", "HOME": "/"})
    assert config.store == StoreConfig(batch=9, wait=1.0)


@pytest.mark.parametrize(
    ("text", "environment", "told"),
    [
        ("[store]\nbtach = 7\n", {}, r"unknown setting store\.btach\. Did you mean store\.batch\?"),
        ("[stroe]\nbatch = 7\n", {}, r"unknown setting stroe\.batch\. Did you mean store\.batch\?"),
        ("batch = 7\n", {}, "unknown setting batch"),
        ("", {"SIAGA_STORE_BACH": "9"}, r"environment: .* SIAGA_STORE_BACH\. Did you mean SIAGA_STORE_BATCH"),
        ("[store]\nbatch = 0\n", {}, r">= 1 - at `\$\.store\.batch`"),
        ("[store]\nbatch = 'many'\n", {}, r"Expected `int`, got `str` - at `\$\.store\.batch`"),
        ("", {"SIAGA_STORE_WAIT": "long"}, r"Expected `float`, got `str` - at `\$\.store\.wait`"),
        ("[store", {}, "expected settings in TOML"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_by_name(
    text: str, environment: dict[str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=told):
        load_config(written(tmp_path, text), environment)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "siaga.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="expected settings in TOML"):
        load_config(tmp_path / "siaga.toml", {})


def test_every_setting_has_a_default_and_stands_in_a_new_workspace() -> None:
    shown = (Path(__file__).parents[3] / "src/siaga/store/new/siaga.toml").read_text("utf-8")
    for name, default in settings():
        assert f"# {name.partition('.')[2]} = {in_toml(default)}" in shown


def in_toml(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value)
