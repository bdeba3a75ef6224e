"""The command line as a module: python -m neixiang_survey_plugin."""

import sys

try:
    from neixiang_survey_plugin.hosts.cli.main import main
except ModuleNotFoundError as error:
    sys.exit(
        f"缺少 Python 软件包 {error.name}：请用装有本程序的 Python 运行"
        "（源码目录里先 make run，再用 .venv/bin/neixiang-survey）。"
    )

if __name__ == "__main__":
    main()
