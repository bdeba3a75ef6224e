"""The command line as a module: python -m neixiang_survey_plugin."""

from neixiang_survey_plugin.hosts.cli.main import main

if __name__ == "__main__":
    main()
