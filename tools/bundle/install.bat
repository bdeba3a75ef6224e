@echo off
rem Find QGIS's own Python and let it install; the newest QGIS that is found is taken.
chcp 65001 >nul
setlocal
for %%b in ("C:\OSGeo4W\bin\python-qgis.bat" "C:\OSGeo4W\bin\python-qgis-ltr.bat") do if exist %%b set "QGIS_PYTHON=%%~b"
for /d %%q in ("%ProgramFiles%\QGIS 3*" "%ProgramFiles%\QGIS 4*") do (
  if exist "%%q\bin\python-qgis.bat" set "QGIS_PYTHON=%%q\bin\python-qgis.bat"
  if exist "%%q\bin\python-qgis-ltr.bat" set "QGIS_PYTHON=%%q\bin\python-qgis-ltr.bat"
)
if not defined QGIS_PYTHON (
  echo No QGIS found. In the OSGeo4W Shell of your QGIS run: python "%~dp0install.py"
  pause
  exit /b 2
)
call "%QGIS_PYTHON%" "%~dp0install.py" %*
pause
