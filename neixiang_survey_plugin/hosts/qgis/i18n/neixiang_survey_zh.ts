<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>NeixiangSurvey</name>
    <message>
      <source>Case (empty for all)</source>
      <comment>algorithm.case</comment>
      <translation>案件（空着为全部）</translation>
    </message>
    <message>
      <source>Clearances and cover by GB 50289-2016 between lines, and of lines with mains, buildings, trees and poles. The layer holds the place of every conflict, the JSON is that of neixiang-survey conflict list --json.</source>
      <comment>algorithm.conflicts.help</comment>
      <translation>外线之间、外线与现状管线、建筑、树木杆塔的净距和覆土，按 GB 50289-2016。图层是每处冲突的位置，JSON 与 neixiang-survey conflict list --json 相同。</translation>
    </message>
    <message>
      <source>Find conflicts</source>
      <comment>algorithm.conflicts.name</comment>
      <translation>查找冲突</translation>
    </message>
    <message>
      <source>Folder of the county</source>
      <comment>algorithm.county</comment>
      <translation>县资料文件夹</translation>
    </message>
    <message>
      <source>Courses in the shared trench</source>
      <comment>algorithm.courses</comment>
      <translation>共沟后的走线</translation>
    </message>
    <message>
      <source>Folder of the packets</source>
      <comment>algorithm.folder</comment>
      <translation>资料包文件夹</translation>
    </message>
    <message>
      <source>Result as JSON</source>
      <comment>algorithm.json</comment>
      <translation>结果 JSON</translation>
    </message>
    <message>
      <source>Measures every line and judges it by the county's policy: written commitment or joint approval, with the clause, the figure and the limit of every rule. The JSON is that of neixiang-survey check --json.</source>
      <comment>algorithm.judge.help</comment>
      <translation>量测并按县的政策判定每条外线走告知承诺还是联合审批，逐项给出条款、数值、限值。JSON 与 neixiang-survey check --json 完全相同。</translation>
    </message>
    <message>
      <source>Judge lines</source>
      <comment>algorithm.judge.name</comment>
      <translation>判定外线</translation>
    </message>
    <message>
      <source>Lines with their figures</source>
      <comment>algorithm.lines</comment>
      <translation>外线及其数值</translation>
    </message>
    <message>
      <source>The length of every line (on the ellipsoid), the roads that it crosses and the green space that it takes, over the county's layers. Lines may be the layer of a survey file, or any layer of lines with the fields route_id and utility, in any system. The keys of the JSON are those of neixiang-survey check --json.</source>
      <comment>algorithm.measure.help</comment>
      <translation>在县的图层上量出每条外线的长度（椭球面）、穿越道路和占用绿地。外线可以是踏勘文件的图层，也可以是任何带 route_id、utility 字段的线图层，坐标系不限。JSON 的键与 neixiang-survey check --json 相同。</translation>
    </message>
    <message>
      <source>Measure lines</source>
      <comment>algorithm.measure.name</comment>
      <translation>量测外线</translation>
    </message>
    <message>
      <source>QGIS's Python lacks {packages}; the survey's panel shows the one line that installs them</source>
      <comment>algorithm.missing</comment>
      <translation>QGIS 的 Python 里缺少 {packages}；打开踏勘面板，那里有一行安装命令</translation>
    </message>
    <message>
      <source>None of these lines is of case {case}; check its number, or leave it empty for every case.</source>
      <comment>algorithm.no_case</comment>
      <translation>这些外线里没有案件 {case}；请核对案件编号，或空着出全部案件。</translation>
    </message>
    <message>
      <source>The shapely in use here is {found}, it has to be {least} or newer; the survey's panel shows the one line that installs it</source>
      <comment>algorithm.old_shapely</comment>
      <translation>这里在用的 shapely 是 {found}，要 {least} 或更新的；打开踏勘面板，那里有一行安装命令</translation>
    </message>
    <message>
      <source>Day of judging (empty for today)</source>
      <comment>algorithm.on</comment>
      <translation>判定日期（空着为今天）</translation>
    </message>
    <message>
      <source>Writes the packet of one case or of all into a folder: forms, quantities, data, map. These are drafts; a packet is issued from the survey's panel, which first says what is lacking.</source>
      <comment>algorithm.packet.help</comment>
      <translation>把一个案件或全部案件的资料包写进文件夹：表格、数量、数据、地图。这里出的是草稿；正式出具在踏勘面板里，先核对还缺什么。</translation>
    </message>
    <message>
      <source>Write packets (drafts)</source>
      <comment>algorithm.packet.name</comment>
      <translation>出资料包（草稿）</translation>
    </message>
    <message>
      <source>Places of conflict</source>
      <comment>algorithm.places</comment>
      <translation>冲突位置</translation>
    </message>
    <message>
      <source>Each line against planned corridors, red lines and the other control lines, planned land use, its place in the road. The layer has the place of every remark with figure, clause and what would satisfy it; the JSON is that of neixiang-survey plan-check --json.</source>
      <comment>algorithm.plan.help</comment>
      <translation>每条外线与规划管位、红线和其他控制线、规划用地、道路断面对照。图层是每条意见的位置，写明数值、依据、怎样才符合；JSON 与 neixiang-survey plan-check --json 相同。</translation>
    </message>
    <message>
      <source>Check against the master plan</source>
      <comment>algorithm.plan.name</comment>
      <translation>规划核对</translation>
    </message>
    <message>
      <source>Remarks of the plan check</source>
      <comment>algorithm.remarks</comment>
      <translation>规划核对意见</translation>
    </message>
    <message>
      <source>Lines</source>
      <comment>algorithm.routes</comment>
      <translation>外线</translation>
    </message>
    <message>
      <source>Which lines may lie in one trench or be laid under one closure, the course of each then, the section, and every figure before and after. The layer holds the courses, the JSON is that of neixiang-survey trench --json.</source>
      <comment>algorithm.trench.help</comment>
      <translation>哪些外线可以同沟或同步施工，各自的新走线、断面、前后数值。图层是方案里每条外线的新走线，JSON 与 neixiang-survey trench --json 相同。</translation>
    </message>
    <message>
      <source>Propose shared trenches</source>
      <comment>algorithm.trench.name</comment>
      <translation>共沟方案</translation>
    </message>
    <message>
      <source>Neixiang Survey</source>
      <comment>expression.group</comment>
      <translation>内乡联合踏勘</translation>
    </message>
    <message>
      <source>A line is wanted</source>
      <comment>expression.no_line</comment>
      <translation>要的是一条线</translation>
    </message>
    <message>
      <source>No survey is open: open one in the survey's panel first</source>
      <comment>expression.no_survey</comment>
      <translation>还没有打开踏勘：请先在踏勘面板里打开一个</translation>
    </message>
    <message>
      <source>&lt;p&gt;How many metres of a line cross city roads, on the ellipsoid, over the layers of the survey that is open. NULL where that is not known.&lt;/p&gt;&lt;p&gt;nx_crossing_length($geometry)&lt;/p&gt;</source>
      <comment>expression.nx_crossing_length</comment>
      <translation>&lt;p&gt;一条线穿越城市道路的长度，米（椭球面），按打开的踏勘所用的县图层量算。不能确定时为 NULL。&lt;/p&gt;&lt;p&gt;nx_crossing_length($geometry)&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;How many square metres of green space the working strip of a line takes; its width is given in metres. NULL where that is not known.&lt;/p&gt;&lt;p&gt;nx_green_area($geometry, 1.6)&lt;/p&gt;</source>
      <comment>expression.nx_green_area</comment>
      <translation>&lt;p&gt;一条线的作业带占用绿地的面积，平方米；作业带宽度以米给出。不能确定时为 NULL。&lt;/p&gt;&lt;p&gt;nx_green_area($geometry, 1.6)&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;The way of a line of the survey that is open: commitment, joint, joint_government, undetermined ...; in words where the second argument is true.&lt;/p&gt;&lt;p&gt;nx_verdict(route_id, true)&lt;/p&gt;</source>
      <comment>expression.nx_verdict</comment>
      <translation>&lt;p&gt;打开的踏勘里一条外线的结论：commitment、joint、joint_government、undetermined……；第二个参数为 true 时给出中文。&lt;/p&gt;&lt;p&gt;nx_verdict(route_id, true)&lt;/p&gt;</translation>
    </message>
    <message>
      <source>The survey has no line {route_id}</source>
      <comment>expression.unknown_route</comment>
      <translation>踏勘里没有外线 {route_id}</translation>
    </message>
    <message>
      <source>: </source>
      <comment>list.colon</comment>
      <translation>：</translation>
    </message>
    <message>
      <source>, </source>
      <comment>list.comma</comment>
      <translation>、</translation>
    </message>
    <message>
      <source>; </source>
      <comment>list.semicolon</comment>
      <translation>；</translation>
    </message>
    <message>
      <source>Choose the folder of the county (it holds county.toml)</source>
      <comment>qgis.choose_county</comment>
      <translation>选择县资料文件夹（里面有 county.toml）</translation>
    </message>
    <message>
      <source>Choose the vector layer that is to go into the county in QGIS's list of layers first</source>
      <comment>qgis.choose_layer</comment>
      <translation>先在 QGIS 的图层列表里选中要收进县资料的矢量图层</translation>
    </message>
    <message>
      <source>Copy the line</source>
      <comment>qgis.copy_line</comment>
      <translation>复制这一行</translation>
    </message>
    <message>
      <source>Joint survey — {name}</source>
      <comment>qgis.dock</comment>
      <translation>联合踏勘 — {name}</translation>
    </message>
    <message>
      <source>Service lines</source>
      <comment>qgis.lines</comment>
      <translation>外线</translation>
    </message>
    <message>
      <source>{packages} missing: no survey can be opened. Copy the line, run it in a terminal (Windows: OSGeo4W Shell), start QGIS again: {line}</source>
      <comment>qgis.missing</comment>
      <translation>缺少 {packages}，踏勘打不开。请复制这一行，在终端（Windows：OSGeo4W Shell）里运行，再重启 QGIS：{line}</translation>
    </message>
    <message>
      <source>{packages} missing: no packet can be written yet. Copy the line, run it in a terminal (Windows: OSGeo4W Shell): {line}</source>
      <comment>qgis.missing_packets</comment>
      <translation>缺少 {packages}，还不能出资料包，其余都能用。复制这一行，在终端（Windows：OSGeo4W Shell）里运行：{line}</translation>
    </message>
    <message>
      <source>This case has no lines yet; draw one, then there is something for a plan sheet</source>
      <comment>qgis.no_lines_for_sheet</comment>
      <translation>这个案件还没有外线，画了外线才有平面图</translation>
    </message>
    <message>
      <source>The shapely in use here is {found}, it has to be {least} or newer: no survey can be opened. Copy the line, run it in a terminal (Windows: OSGeo4W Shell), start QGIS again; if this comes back, another plugin loads the old one first and has to be switched off: {line}</source>
      <comment>qgis.old_shapely</comment>
      <translation>这里在用的 shapely 是 {found}，要 {least} 或更新的，踏勘打不开。请复制这一行，在终端（Windows：OSGeo4W Shell）里运行，再重启 QGIS；若还是这句话，就是别的插件先载入了旧的，请先停用它：{line}</translation>
    </message>
    <message>
      <source>Open the sample county</source>
      <comment>qgis.open_sample</comment>
      <translation>打开示例县</translation>
    </message>
    <message>
      <source>{layer} cannot be used, the layer before counts on: {problems}</source>
      <comment>qgis.role_unreadable</comment>
      <translation>{layer} 用不了，仍按原来的图层判定：{problems}</translation>
    </message>
    <message>
      <source>From the county's folder</source>
      <comment>qgis.roles_folder</comment>
      <translation>县资料文件夹里的</translation>
    </message>
    <message>
      <source>Which layer of the county is each layer of this project? They were guessed from names and fields; please check. The project remembers it, nobody asks again. What is not chosen comes from the county's folder.</source>
      <comment>qgis.roles_note</comment>
      <translation>这个工程里的图层，各是县里的哪一种？按名称和字段猜了一遍，请核对；记在工程里，只问这一次。没有选的，用县资料文件夹里的。</translation>
    </message>
    <message>
      <source>Project layers</source>
      <comment>qgis.roles_title</comment>
      <translation>工程图层</translation>
    </message>
    <message>
      <source>Use these</source>
      <comment>qgis.roles_use</comment>
      <translation>就用这些</translation>
    </message>
    <message>
      <source>Plan of service lines</source>
      <comment>qgis.sheet</comment>
      <translation>外线平面图</translation>
    </message>
    <message>
      <source>No survey is open</source>
      <comment>qgis.start</comment>
      <translation>还没有打开踏勘</translation>
    </message>
    <message>
      <source>Begin with the sample county, or open a survey file. The county's folder is asked for once and kept in the QGIS project.</source>
      <comment>qgis.start_next</comment>
      <translation>从示例县开始，或打开一个踏勘文件。县资料文件夹只问一次，记在 QGIS 工程里。</translation>
    </message>
    <message>
      <source>Joint survey of service lines: show or hide the panels</source>
      <comment>qgis.tip</comment>
      <translation>水电气暖信联合踏勘：打开或收起面板</translation>
    </message>
    <message>
      <source>Neixiang Survey</source>
      <comment>qgis.title</comment>
      <translation>内乡联合踏勘</translation>
    </message>
    <message>
      <source>Not known</source>
      <comment>qgis.unknown</comment>
      <translation>不详</translation>
    </message>
  </context>
</TS>
