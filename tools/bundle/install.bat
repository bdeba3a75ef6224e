@echo off
rem Find QGIS's own Python and let it install; of several the newest QGIS is taken. Plain ASCII:
rem what is said in Chinese stands in no_qgis.txt, or is said by Python.
setlocal EnableExtensions DisableDelayedExpansion
set "BEST=0"
if defined QGIS_PYTHON goto install
rem In the OSGeo4W Shell of a QGIS it is that one.
if defined OSGEO4W_ROOT call :look_in "%OSGEO4W_ROOT%"
if defined QGIS_PYTHON goto install
call :look_among "%ProgramFiles%"
for %%d in (C D E F G) do call :look_among "%%d:\Program Files"
for %%d in (C D E F G) do call :look_among "%%d:"
if defined QGIS_PYTHON goto install
for %%d in (C D E F G) do if not defined QGIS_PYTHON call :look_in "%%d:\OSGeo4W"
if not defined QGIS_PYTHON call :look_in "%LOCALAPPDATA%\Programs\OSGeo4W"
if defined QGIS_PYTHON goto install

for /f "tokens=2 delims=:." %%c in ('chcp') do set "CODE_PAGE=%%c"
chcp 65001 >nul
type "%~dp0no_qgis.txt"
echo "%~dp0install.py"
chcp %CODE_PAGE% >nul 2>nul
pause
exit /b 2

:install
rem By its name alone: call would expand a percent sign of the path a second time.
pushd "%~dp0"
call "%QGIS_PYTHON%" install.py %*
set "RESULT=%ERRORLEVEL%"
popd
pause
exit /b %RESULT%

rem The folders "QGIS 3.34.12" in a folder, the newest of all that were looked at.
:look_among
for /f "delims=" %%q in ('dir /b /ad "%~1\QGIS *" 2^>nul') do call :is_newer "%~1\%%q"
exit /b 0

:is_newer
set "RANK=0"
for /f "tokens=2-4 delims=. " %%a in ("%~nx1") do call :rank "%%a" "%%b" "%%c"
if %RANK% leq %BEST% exit /b 0
set "BEFORE=%QGIS_PYTHON%"
set "QGIS_PYTHON="
call :look_in "%~1"
if defined QGIS_PYTHON set "BEST=%RANK%"
if not defined QGIS_PYTHON set "QGIS_PYTHON=%BEFORE%"
exit /b 0

:rank
if "%~2"=="" exit /b 0
set /a "RANK=%~1*10000+%~2*100"
if not "%~3"=="" set /a "RANK+=%~3"
exit /b 0

rem The Python of one QGIS, where it has one.
:look_in
if exist "%~1\bin\python-qgis-ltr.bat" set "QGIS_PYTHON=%~1\bin\python-qgis-ltr.bat"
if exist "%~1\bin\python-qgis.bat" set "QGIS_PYTHON=%~1\bin\python-qgis.bat"
exit /b 0
