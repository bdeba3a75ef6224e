BEGIN TRANSACTION;
CREATE TABLE arriving (fid INTEGER NOT NULL);
CREATE TABLE cases (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    state TEXT,
    applicant_name TEXT,
    credit_code TEXT,
    legal_representative TEXT,
    agent_name TEXT,
    agent_phone TEXT,
    agent_id_number TEXT,
    applicant_kind TEXT,
    project_name TEXT,
    address TEXT,
    site_id TEXT,
    agreed_access_at DATETIME,
    entrusts_permits BOOLEAN,
    signed_on DATE,
    received_by TEXT,
    received_at DATETIME,
    first_received_by TEXT,
    lead_unit TEXT,
    emergency BOOLEAN,
    parcel_number TEXT,
    grant_contract_number TEXT,
    land_area_m2 DOUBLE,
    building_area_m2 DOUBLE,
    works_start_on DATE,
    production_start_on DATE,
    contact_name TEXT,
    contact_phone TEXT,
    remark TEXT
);
INSERT INTO "cases" VALUES(1,'81450f37-4d0e-49c3-ba3b-c649aba5f6e5','c1',NULL,'示例食品公司',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-01',NULL,'2026-11-01T01:30:00.000Z',NULL,NULL,0,NULL,NULL,1234.5,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE confirmed_facts (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    layer TEXT,
    object_id TEXT,
    field TEXT,
    value TEXT,
    evidence TEXT,
    confirmed_by TEXT,
    confirmed_on DATE,
    withdrawn_on DATE
);
INSERT INTO "confirmed_facts" VALUES(1,'da9203e9-d378-426e-8ade-1e700a2352c5','roads','R1','delivered_on','2019-05-01','竣工备案 2019-17','张工','2026-11-20',NULL);
CREATE TABLE current_step (
    step_id INTEGER,
    who TEXT NOT NULL,
    what TEXT NOT NULL
);
CREATE TABLE decisions (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    utility TEXT,
    matter TEXT,
    department TEXT,
    notified_at DATETIME,
    received_at DATETIME,
    outcome TEXT,
    document_number TEXT,
    conditions TEXT,
    decided_at DATETIME,
    decided_by TEXT,
    remark TEXT
);
CREATE TABLE draft_vertices (
    draft_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    easting_m REAL NOT NULL,
    northing_m REAL NOT NULL,
    PRIMARY KEY (draft_id, place)
);
INSERT INTO "draft_vertices" VALUES('d1',0,0.5,0.25);
INSERT INTO "draft_vertices" VALUES('d1',1,10.0,7.125);
CREATE TABLE drafts (
    draft_id TEXT PRIMARY KEY NOT NULL,
    utility TEXT,
    route_id TEXT,
    case_id TEXT,
    who TEXT NOT NULL,
    begun_at TEXT NOT NULL
);
INSERT INTO "drafts" VALUES('d1','gas','r7','c1','甲','2026-11-25T09:42:08.169Z');
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL,
    identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE,
    min_y DOUBLE,
    max_x DOUBLE,
    max_y DOUBLE,
    srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
INSERT INTO "gpkg_contents" VALUES('layer_styles','attributes','layer_styles','','2026-11-25T09:42:08.090Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('cases','attributes','cases','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('services','attributes','services','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('decisions','attributes','decisions','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('packets','attributes','packets','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('joint_surveys','attributes','joint_surveys','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('participants','attributes','participants','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('opinions','attributes','opinions','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('photos','attributes','photos','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('confirmed_facts','attributes','confirmed_facts','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('units','attributes','units','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('suspensions','attributes','suspensions','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('log','attributes','log','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('survey_meta','attributes','survey_meta','','2026-11-25T09:42:08.145Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('routes','features','routes','','2026-11-25T09:42:08.166Z',578000.0,3658000.0,578010.0,3658000.0,4546);
INSERT INTO "gpkg_contents" VALUES('route_history','features','route_history','','2026-11-25T09:42:08.146Z',NULL,NULL,NULL,NULL,4546);
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL,
    m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
INSERT INTO "gpkg_geometry_columns" VALUES('routes','geom','LINESTRING',4546,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('route_history','geom','LINESTRING',4546,0,0);
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL,
    description TEXT
);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined Cartesian SRS',-1,'NONE',-1,'undefined',NULL);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined geographic SRS',0,'NONE',0,'undefined',NULL);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('WGS 84',4326,'EPSG',4326,'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]',NULL);
INSERT INTO "gpkg_spatial_ref_sys" VALUES('CGCS2000 / 3-degree Gauss-Kruger CM 111E',4546,'EPSG',4546,'PROJCS["CGCS2000 / 3-degree Gauss-Kruger CM 111E",GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",111],PARAMETER["scale_factor",1],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AUTHORITY["EPSG","4546"]]',NULL);
CREATE TABLE joint_surveys (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    surveyed_at DATETIME,
    place TEXT,
    organised_by TEXT,
    existing_lines TEXT,
    roads TEXT,
    green TEXT,
    recommended_route TEXT,
    method TEXT,
    way TEXT,
    conclusion TEXT,
    remark TEXT
);
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256),
    f_table_schema TEXT(256),
    f_table_name TEXT(256),
    f_geometry_column TEXT(256),
    styleName TEXT(30),
    styleQML TEXT,
    styleSLD TEXT,
    useAsDefault BOOLEAN,
    description TEXT,
    owner TEXT(30),
    ui TEXT(30),
    update_time DATETIME
);
INSERT INTO "layer_styles" VALUES(1,'','','routes','geom','routes','<!DOCTYPE qgis PUBLIC ''http://mrcc.com/qgis.dtd'' ''SYSTEM''><qgis version="3.22.0" styleCategories="Symbology|Forms|Fields"><renderer-v2 type="categorizedSymbol" attr="utility" forceraster="0" enableorderby="0"><categories><category render="true" value="water" symbol="0" label="给水"/><category render="true" value="power" symbol="1" label="电力"/><category render="true" value="gas" symbol="2" label="燃气"/><category render="true" value="heat" symbol="3" label="热力"/><category render="true" value="telecom" symbol="4" label="通信"/></categories><symbols><symbol type="line" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="0,255,255,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="0,255,255,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol><symbol type="line" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="255,0,0,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="255,0,0,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol><symbol type="line" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="255,0,255,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="255,0,255,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol><symbol type="line" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="255,128,0,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="255,128,0,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol><symbol type="line" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="0,255,0,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="solid"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="0,255,0,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="solid"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol></symbols></renderer-v2><fieldConfiguration><field name="utility"><editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List"><Option type="Map"><Option name="给水" type="QString" value="water"/></Option><Option type="Map"><Option name="电力" type="QString" value="power"/></Option><Option type="Map"><Option name="燃气" type="QString" value="gas"/></Option><Option type="Map"><Option name="热力" type="QString" value="heat"/></Option><Option type="Map"><Option name="通信" type="QString" value="telecom"/></Option></Option></Option></config></editWidget></field><field name="laying"><editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List"><Option type="Map"><Option name="直埋" type="QString" value="direct"/></Option><Option type="Map"><Option name="保护管" type="QString" value="duct"/></Option><Option type="Map"><Option name="管沟" type="QString" value="trench"/></Option><Option type="Map"><Option name="综合管廊" type="QString" value="tunnel"/></Option></Option></Option></config></editWidget></field><field name="pressure_class"><editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List"><Option type="Map"><Option name="低压" type="QString" value="low"/></Option><Option type="Map"><Option name="中压B" type="QString" value="medium_b"/></Option><Option type="Map"><Option name="中压A" type="QString" value="medium_a"/></Option><Option type="Map"><Option name="次高压B" type="QString" value="subhigh_b"/></Option><Option type="Map"><Option name="次高压A" type="QString" value="subhigh_a"/></Option></Option></Option></config></editWidget></field><field name="applicant_kind"><editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List"><Option type="Map"><Option name="企业" type="QString" value="company"/></Option><Option type="Map"><Option name="其他非居民" type="QString" value="non_resident"/></Option><Option type="Map"><Option name="居民" type="QString" value="resident"/></Option></Option></Option></config></editWidget></field></fieldConfiguration><editable><field name="uuid" editable="0"/><field name="version" editable="0"/><field name="changed_at" editable="0"/><field name="changed_by" editable="0"/></editable></qgis>','',1,'外线','',NULL,'2026-11-25T09:42:08.146Z');
INSERT INTO "layer_styles" VALUES(2,'','','route_history','geom','route_history','<!DOCTYPE qgis PUBLIC ''http://mrcc.com/qgis.dtd'' ''SYSTEM''><qgis version="3.22.0" styleCategories="Symbology|Forms|Fields"><renderer-v2 type="categorizedSymbol" attr="utility" forceraster="0" enableorderby="0"><categories><category render="true" value="water" symbol="0" label="给水"/><category render="true" value="power" symbol="1" label="电力"/><category render="true" value="gas" symbol="2" label="燃气"/><category render="true" value="heat" symbol="3" label="热力"/><category render="true" value="telecom" symbol="4" label="通信"/></categories><symbols><symbol type="line" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="0,255,255,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="0,255,255,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol><symbol type="line" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="255,0,0,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="255,0,0,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol><symbol type="line" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="255,0,255,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="255,0,255,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol><symbol type="line" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="255,128,0,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="255,128,0,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol><symbol type="line" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" pass="0" locked="1"><Option type="Map"><Option name="line_color" type="QString" value="35,35,35,255"/><Option name="line_width" type="QString" value="1.1"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="35,35,35,255"/><prop k="line_width" v="1.1"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer><layer class="SimpleLine" enabled="1" pass="0" locked="0"><Option type="Map"><Option name="line_color" type="QString" value="0,255,0,255"/><Option name="line_width" type="QString" value="0.7"/><Option name="line_width_unit" type="QString" value="MM"/><Option name="line_style" type="QString" value="dash"/><Option name="capstyle" type="QString" value="round"/><Option name="joinstyle" type="QString" value="round"/></Option><prop k="line_color" v="0,255,0,255"/><prop k="line_width" v="0.7"/><prop k="line_width_unit" v="MM"/><prop k="line_style" v="dash"/><prop k="capstyle" v="round"/><prop k="joinstyle" v="round"/></layer></symbol></symbols></renderer-v2><fieldConfiguration><field name="utility"><editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List"><Option type="Map"><Option name="给水" type="QString" value="water"/></Option><Option type="Map"><Option name="电力" type="QString" value="power"/></Option><Option type="Map"><Option name="燃气" type="QString" value="gas"/></Option><Option type="Map"><Option name="热力" type="QString" value="heat"/></Option><Option type="Map"><Option name="通信" type="QString" value="telecom"/></Option></Option></Option></config></editWidget></field><field name="laying"><editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List"><Option type="Map"><Option name="直埋" type="QString" value="direct"/></Option><Option type="Map"><Option name="保护管" type="QString" value="duct"/></Option><Option type="Map"><Option name="管沟" type="QString" value="trench"/></Option><Option type="Map"><Option name="综合管廊" type="QString" value="tunnel"/></Option></Option></Option></config></editWidget></field><field name="pressure_class"><editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List"><Option type="Map"><Option name="低压" type="QString" value="low"/></Option><Option type="Map"><Option name="中压B" type="QString" value="medium_b"/></Option><Option type="Map"><Option name="中压A" type="QString" value="medium_a"/></Option><Option type="Map"><Option name="次高压B" type="QString" value="subhigh_b"/></Option><Option type="Map"><Option name="次高压A" type="QString" value="subhigh_a"/></Option></Option></Option></config></editWidget></field><field name="applicant_kind"><editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List"><Option type="Map"><Option name="企业" type="QString" value="company"/></Option><Option type="Map"><Option name="其他非居民" type="QString" value="non_resident"/></Option><Option type="Map"><Option name="居民" type="QString" value="resident"/></Option></Option></Option></config></editWidget></field></fieldConfiguration><editable><field name="uuid" editable="0"/><field name="version" editable="0"/><field name="changed_at" editable="0"/><field name="changed_by" editable="0"/></editable></qgis>','',1,'外线的以前各版本','',NULL,'2026-11-25T09:42:08.146Z');
CREATE TABLE log (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    at DATETIME,
    who TEXT,
    what TEXT,
    through TEXT,
    subject_table TEXT,
    subject_uuid TEXT,
    subject TEXT,
    was TEXT
);
INSERT INTO "log" VALUES(1,'a30cdfe1a6012cb189aaf9ae60392cf5','2026-11-25T09:42:08.163Z','甲','open','open','survey',NULL,NULL,NULL);
INSERT INTO "log" VALUES(2,'9e2aa5fa-64c5-4d09-bc1d-c2243ab2c0f0','2026-11-25T09:42:08.165Z','甲','insert','edit','routes','a9d0f8c7-b5b6-4722-948e-50a1e47b84e6','r1',NULL);
INSERT INTO "log" VALUES(3,'3ca6b5d2-33f9-468a-ae97-572c0d0eeb55','2026-11-25T09:42:08.166Z','甲','update','edit','routes','a9d0f8c7-b5b6-4722-948e-50a1e47b84e6','r1',NULL);
INSERT INTO "log" VALUES(4,'6c62296f-bf82-421c-b458-87da8984b904','2026-11-25T09:42:08.166Z','甲','insert','edit','routes','0581b23a-d975-423b-b191-a528bac055dc','r2',NULL);
INSERT INTO "log" VALUES(5,'dbabab5d-1f47-4db3-9847-71c452c0a5c3','2026-11-25T09:42:08.167Z','甲','delete','edit','routes','0581b23a-d975-423b-b191-a528bac055dc','r2',NULL);
INSERT INTO "log" VALUES(6,'34ac2972-051b-4685-878e-f141c36f4ca9','2026-11-25T09:42:08.168Z','甲','insert','undo','routes','0581b23a-d975-423b-b191-a528bac055dc','r2',NULL);
INSERT INTO "log" VALUES(7,'233a69b0-2826-4de7-9714-979ba29c8cc2','2026-11-25T09:42:08.169Z','甲','insert','confirm','confirmed_facts','da9203e9-d378-426e-8ade-1e700a2352c5','R1',NULL);
INSERT INTO "log" VALUES(8,'a94ab18e-8878-448a-b3a2-184ad0403e59','2026-11-25T09:42:08.174Z','其他程序','insert','其他程序','cases','81450f37-4d0e-49c3-ba3b-c649aba5f6e5','c1',NULL);
INSERT INTO "log" VALUES(9,'dcf59c14-5881-4f5e-b523-d88e2e33c270','2026-11-25T09:42:08.174Z','其他程序','update','其他程序','cases','81450f37-4d0e-49c3-ba3b-c649aba5f6e5','c1','{"case_id":"c1","state":null,"applicant_name":"示例公司","credit_code":null,"legal_representative":null,"agent_name":null,"agent_phone":null,"agent_id_number":null,"applicant_kind":null,"project_name":null,"address":null,"site_id":null,"agreed_access_at":null,"entrusts_permits":null,"signed_on":"2026-11-01","received_by":null,"received_at":"2026-11-01T01:30:00.000Z","first_received_by":null,"lead_unit":null,"emergency":0,"parcel_number":null,"grant_contract_number":null,"land_area_m2":1234.5,"building_area_m2":null,"works_start_on":null,"production_start_on":null,"contact_name":null,"contact_phone":null,"remark":null}');
INSERT INTO "log" VALUES(10,'cb02ce66-597e-464c-bf16-f4084a99bd76','2026-11-25T09:42:08.175Z','其他程序','insert','其他程序','photos','eda5200e-9ea0-4cf9-b1cf-f25674d74794','a.jpg',NULL);
CREATE TABLE opinions (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    survey_uuid TEXT,
    unit TEXT,
    opinion TEXT,
    conditions TEXT,
    reason TEXT,
    given_by TEXT,
    given_at DATETIME
);
CREATE TABLE packets (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    utility TEXT,
    way TEXT,
    policy TEXT,
    issued_at DATETIME,
    issued_by TEXT,
    sha256 TEXT,
    routes_sha256 TEXT,
    layers_sha256 TEXT,
    rules_sha256 TEXT,
    folder TEXT,
    remark TEXT
);
CREATE TABLE participants (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    survey_uuid TEXT,
    unit TEXT,
    person TEXT,
    phone TEXT,
    signed_at DATETIME
);
CREATE TABLE photos (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    survey_uuid TEXT,
    case_id TEXT,
    file_name TEXT,
    media_type TEXT,
    image BLOB,
    easting_m DOUBLE,
    northing_m DOUBLE,
    taken_at DATETIME,
    taken_by TEXT,
    remark TEXT
);
INSERT INTO "photos" VALUES(1,'eda5200e-9ea0-4cf9-b1cf-f25674d74794',NULL,NULL,'a.jpg',NULL,X'FFD8',578000.5,NULL,NULL,NULL,NULL);
CREATE TABLE route_history (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom LINESTRING,
    uuid TEXT,
    version INTEGER,
    changed_at DATETIME,
    changed_by TEXT,
    ended_at DATETIME,
    ended_by TEXT,
    ended_how TEXT,
    route_id TEXT,
    utility TEXT,
    case_id TEXT,
    site_id TEXT,
    unit TEXT,
    applied_on DATE,
    diameter_mm DOUBLE,
    laying TEXT,
    pressure_class TEXT,
    voltage_kv DOUBLE,
    cover_m DOUBLE,
    trench_width_m DOUBLE,
    working_width_m DOUBLE,
    pit_length_m DOUBLE,
    pit_width_m DOUBLE,
    planned_on DATE,
    works_from DATE,
    works_to DATE,
    contractor TEXT,
    trenchless TEXT,
    applicant_kind TEXT
);
INSERT INTO "route_history" VALUES(1,X'47500003C211000000000000A0A3214100000000B4A321410000000088E84B410000000088E84B4101020000000200000000000000A0A321410000000088E84B4100000000B4A321410000000088E84B41','a9d0f8c7-b5b6-4722-948e-50a1e47b84e6',1,'2026-11-25T09:42:08.165Z','甲','2026-11-25T09:42:08.166Z','甲','update','r1','water',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "route_history" VALUES(2,X'47500003C211000000000000A0A3214100000000B4A321410000000088E84B410000000088E84B4101020000000200000000000000A0A321410000000088E84B4100000000B4A321410000000088E84B41','0581b23a-d975-423b-b191-a528bac055dc',1,'2026-11-25T09:42:08.166Z','甲','2026-11-25T09:42:08.167Z','甲','delete','r2','water',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE routes (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom LINESTRING,
    uuid TEXT,
    version INTEGER,
    changed_at DATETIME,
    changed_by TEXT,
    route_id TEXT,
    utility TEXT,
    case_id TEXT,
    site_id TEXT,
    unit TEXT,
    applied_on DATE,
    diameter_mm DOUBLE,
    laying TEXT,
    pressure_class TEXT,
    voltage_kv DOUBLE,
    cover_m DOUBLE,
    trench_width_m DOUBLE,
    working_width_m DOUBLE,
    pit_length_m DOUBLE,
    pit_width_m DOUBLE,
    planned_on DATE,
    works_from DATE,
    works_to DATE,
    contractor TEXT,
    trenchless TEXT,
    applicant_kind TEXT
);
INSERT INTO "routes" VALUES(1,X'47500003C211000000000000A0A3214100000000B4A321410000000088E84B410000000088E84B4101020000000200000000000000A0A321410000000088E84B4100000000B4A321410000000088E84B41','a9d0f8c7-b5b6-4722-948e-50a1e47b84e6',2,'2026-11-25T09:42:08.166Z','甲','r1','gas','c1','s1','gas','2026-11-01',110.0,'direct','medium_b',0.0,0.9,0.8,1.6,2.0,1.5,'2026-12-01','2026-12-02','2026-12-05','示例施工队','1-4.5@3.2;6.0000001-8','company');
INSERT INTO "routes" VALUES(3,X'47500003C211000000000000A0A3214100000000B4A321410000000088E84B410000000088E84B4101020000000200000000000000A0A321410000000088E84B4100000000B4A321410000000088E84B41','0581b23a-d975-423b-b191-a528bac055dc',2,'2026-11-25T09:42:08.168Z','甲','r2','water',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE services (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    utility TEXT,
    service_kind TEXT,
    needed_for TEXT,
    water_use TEXT,
    households INTEGER,
    persons INTEGER,
    daily_water_t DOUBLE,
    hourly_water_t DOUBLE,
    meter_mm DOUBLE,
    meter_count INTEGER,
    has_booster BOOLEAN,
    has_tank BOOLEAN,
    power_kw DOUBLE,
    power_kva DOUBLE,
    voltage_kv DOUBLE,
    load_kind TEXT,
    gas_use TEXT,
    gas_m3_h DOUBLE,
    pressure_class TEXT,
    heated_area_m2 DOUBLE,
    heating_kind TEXT,
    exchange_station TEXT,
    bandwidth_mbit_s DOUBLE,
    ports INTEGER,
    duct_holes INTEGER,
    access_done_at DATETIME,
    remark TEXT
);
CREATE TABLE step_changes (
    change_id INTEGER PRIMARY KEY AUTOINCREMENT,
    step_id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    version_before INTEGER,
    version_after INTEGER
);
INSERT INTO "step_changes" VALUES(1,1,'a9d0f8c7-b5b6-4722-948e-50a1e47b84e6',NULL,1);
INSERT INTO "step_changes" VALUES(2,2,'a9d0f8c7-b5b6-4722-948e-50a1e47b84e6',1,2);
INSERT INTO "step_changes" VALUES(3,2,'0581b23a-d975-423b-b191-a528bac055dc',NULL,1);
INSERT INTO "step_changes" VALUES(4,3,'0581b23a-d975-423b-b191-a528bac055dc',1,NULL);
CREATE TABLE steps (
    step_id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    state TEXT NOT NULL
);
INSERT INTO "steps" VALUES(1,'2026-11-25T09:42:08.164Z','甲','edit','done');
INSERT INTO "steps" VALUES(2,'2026-11-25T09:42:08.165Z','甲','edit','done');
INSERT INTO "steps" VALUES(3,'2026-11-25T09:42:08.166Z','甲','edit','undone');
CREATE TABLE survey_meta (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    value TEXT
);
INSERT INTO "survey_meta" VALUES(1,'survey_id','094076f3-c3d9-49c8-b561-1cf55814608e');
INSERT INTO "survey_meta" VALUES(2,'schema_version','1');
INSERT INTO "survey_meta" VALUES(3,'epsg','4546');
INSERT INTO "survey_meta" VALUES(4,'created_at','2026-11-25T09:42:08.087Z');
INSERT INTO "survey_meta" VALUES(5,'county_code','411325');
CREATE TABLE suspensions (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    unit_id TEXT,
    imposed_on DATE,
    imposed_by TEXT,
    reason TEXT,
    rectified_on DATE,
    lifted_on DATE,
    remark TEXT
);
CREATE TABLE units (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    unit_id TEXT,
    name TEXT,
    utility TEXT,
    contact_name TEXT,
    contact_phone TEXT
);
CREATE INDEX routes_by_uuid ON routes (uuid);
CREATE INDEX routes_by_route_id ON routes (route_id, uuid);
CREATE INDEX routes_by_case ON routes (case_id);
CREATE INDEX route_history_by_uuid ON route_history (uuid, version);
CREATE INDEX route_history_by_route_id ON route_history (route_id);
CREATE INDEX cases_by_case_id ON cases (case_id);
CREATE INDEX services_by_case_id ON services (case_id);
CREATE INDEX decisions_by_case_id ON decisions (case_id);
CREATE INDEX packets_by_case_id ON packets (case_id);
CREATE INDEX joint_surveys_by_case_id ON joint_surveys (case_id);
CREATE INDEX participants_by_survey ON participants (survey_uuid);
CREATE INDEX opinions_by_survey ON opinions (survey_uuid);
CREATE INDEX photos_by_survey ON photos (survey_uuid);
CREATE INDEX confirmed_facts_by_object ON confirmed_facts (layer, object_id, field);
CREATE INDEX suspensions_by_unit ON suspensions (unit_id);
CREATE INDEX log_by_subject ON log (subject_uuid);
CREATE INDEX steps_by_state ON steps (state, step_id);
CREATE INDEX step_changes_by_step ON step_changes (step_id);
CREATE TRIGGER routes_inserted AFTER INSERT ON routes
BEGIN
    INSERT INTO arriving (fid) VALUES (NEW.fid);
    UPDATE routes SET
        uuid = CASE
            WHEN NEW.uuid IS NULL OR NEW.uuid = ''
                OR EXISTS (SELECT 1 FROM routes WHERE uuid = NEW.uuid AND fid <> NEW.fid)
            THEN lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) ELSE NEW.uuid END
    WHERE fid = NEW.fid;
    UPDATE routes SET
        route_id = CASE
            WHEN NEW.route_id IS NULL OR NEW.route_id = '' THEN 'r-' || substr(uuid, 1, 8)
            WHEN EXISTS (SELECT 1 FROM routes WHERE route_id = NEW.route_id AND fid <> NEW.fid)
            THEN NEW.route_id || '-' || substr(uuid, 1, 8) ELSE NEW.route_id END
    WHERE fid = NEW.fid;
    UPDATE routes SET
        version = 1 + coalesce(
            (SELECT max(h.version) FROM route_history AS h WHERE h.uuid = routes.uuid), 0),
        changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),
        changed_by = coalesce((SELECT who FROM current_step), '其他程序')
    WHERE fid = NEW.fid;
    INSERT INTO steps (at, who, what, state)
        SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', 'done' WHERE NOT EXISTS (SELECT 1 FROM current_step);
    UPDATE steps SET state = 'cut'
        WHERE state = 'undone' AND NOT EXISTS (SELECT 1 FROM current_step);
    INSERT INTO step_changes (step_id, uuid, version_before, version_after)
        SELECT coalesce((SELECT step_id FROM current_step), (SELECT max(step_id) FROM steps)), uuid, NULL, version FROM routes WHERE fid = NEW.fid AND NOT EXISTS (SELECT 1 FROM current_step WHERE step_id IS NULL);
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'routes', uuid, route_id
        FROM routes WHERE fid = NEW.fid;
    DELETE FROM arriving;
END;
CREATE TRIGGER routes_replaced BEFORE INSERT ON routes
WHEN EXISTS (SELECT 1 FROM routes WHERE fid = NEW.fid)
BEGIN
    INSERT INTO route_history (geom, uuid, version, changed_at, changed_by,
            ended_at, ended_by, ended_how, route_id, utility, case_id, site_id, unit, applied_on, diameter_mm, laying, pressure_class, voltage_kv, cover_m, trench_width_m, working_width_m, pit_length_m, pit_width_m, planned_on, works_from, works_to, contractor, trenchless, applicant_kind)
        SELECT geom, uuid,
            1 + coalesce((SELECT max(h.version) FROM route_history AS h
                WHERE h.uuid = routes.uuid), 0),
            changed_at, changed_by, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'replace', route_id, utility, case_id, site_id, unit, applied_on, diameter_mm, laying, pressure_class, voltage_kv, cover_m, trench_width_m, working_width_m, pit_length_m, pit_width_m, planned_on, works_from, works_to, contractor, trenchless, applicant_kind
        FROM routes WHERE fid = NEW.fid;
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'replace', coalesce((SELECT what FROM current_step), '其他程序'), 'routes', uuid, route_id
        FROM routes WHERE fid = NEW.fid;
END;
CREATE TRIGGER routes_updated AFTER UPDATE OF geom, route_id, utility, case_id, site_id, unit, applied_on, diameter_mm, laying, pressure_class, voltage_kv, cover_m, trench_width_m, working_width_m, pit_length_m, pit_width_m, planned_on, works_from, works_to, contractor, trenchless, applicant_kind ON routes
WHEN NOT EXISTS (SELECT 1 FROM arriving WHERE fid = NEW.fid) AND (OLD.geom, OLD.route_id, OLD.utility, OLD.case_id, OLD.site_id, OLD.unit, OLD.applied_on, OLD.diameter_mm, OLD.laying, OLD.pressure_class, OLD.voltage_kv, OLD.cover_m, OLD.trench_width_m, OLD.working_width_m, OLD.pit_length_m, OLD.pit_width_m, OLD.planned_on, OLD.works_from, OLD.works_to, OLD.contractor, OLD.trenchless, OLD.applicant_kind) IS NOT (NEW.geom, NEW.route_id, NEW.utility, NEW.case_id, NEW.site_id, NEW.unit, NEW.applied_on, NEW.diameter_mm, NEW.laying, NEW.pressure_class, NEW.voltage_kv, NEW.cover_m, NEW.trench_width_m, NEW.working_width_m, NEW.pit_length_m, NEW.pit_width_m, NEW.planned_on, NEW.works_from, NEW.works_to, NEW.contractor, NEW.trenchless, NEW.applicant_kind)
BEGIN
    INSERT INTO arriving (fid) VALUES (NEW.fid);
    INSERT INTO route_history (geom, uuid, version, changed_at, changed_by,
            ended_at, ended_by, ended_how, route_id, utility, case_id, site_id, unit, applied_on, diameter_mm, laying, pressure_class, voltage_kv, cover_m, trench_width_m, working_width_m, pit_length_m, pit_width_m, planned_on, works_from, works_to, contractor, trenchless, applicant_kind)
        SELECT OLD.geom, OLD.uuid,
            1 + coalesce((SELECT max(version) FROM route_history WHERE uuid = OLD.uuid), 0),
            OLD.changed_at, OLD.changed_by, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', OLD.route_id, OLD.utility, OLD.case_id, OLD.site_id, OLD.unit, OLD.applied_on, OLD.diameter_mm, OLD.laying, OLD.pressure_class, OLD.voltage_kv, OLD.cover_m, OLD.trench_width_m, OLD.working_width_m, OLD.pit_length_m, OLD.pit_width_m, OLD.planned_on, OLD.works_from, OLD.works_to, OLD.contractor, OLD.trenchless, OLD.applicant_kind;
    UPDATE routes SET
        route_id = CASE
            WHEN NEW.route_id IS NULL OR NEW.route_id = '' THEN OLD.route_id
            WHEN EXISTS (SELECT 1 FROM routes WHERE route_id = NEW.route_id AND fid <> NEW.fid)
            THEN NEW.route_id || '-' || substr(OLD.uuid, 1, 8) ELSE NEW.route_id END
    WHERE fid = NEW.fid AND NEW.route_id IS NOT OLD.route_id;
    UPDATE routes SET
        version = 1 + (SELECT max(version) FROM route_history WHERE uuid = OLD.uuid),
        changed_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),
        changed_by = coalesce((SELECT who FROM current_step), '其他程序')
    WHERE fid = NEW.fid;
    INSERT INTO steps (at, who, what, state)
        SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', 'done' WHERE NOT EXISTS (SELECT 1 FROM current_step);
    UPDATE steps SET state = 'cut'
        WHERE state = 'undone' AND NOT EXISTS (SELECT 1 FROM current_step);
    INSERT INTO step_changes (step_id, uuid, version_before, version_after)
        SELECT coalesce((SELECT step_id FROM current_step), (SELECT max(step_id) FROM steps)), uuid, version - 1, version FROM routes WHERE fid = NEW.fid AND NOT EXISTS (SELECT 1 FROM current_step WHERE step_id IS NULL);
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'routes', OLD.uuid, NEW.route_id;
    DELETE FROM arriving;
END;
CREATE TRIGGER routes_deleted AFTER DELETE ON routes
BEGIN
    INSERT INTO route_history (geom, uuid, version, changed_at, changed_by,
            ended_at, ended_by, ended_how, route_id, utility, case_id, site_id, unit, applied_on, diameter_mm, laying, pressure_class, voltage_kv, cover_m, trench_width_m, working_width_m, pit_length_m, pit_width_m, planned_on, works_from, works_to, contractor, trenchless, applicant_kind)
        SELECT OLD.geom, OLD.uuid,
            1 + coalesce((SELECT max(version) FROM route_history WHERE uuid = OLD.uuid), 0),
            OLD.changed_at, OLD.changed_by, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', OLD.route_id, OLD.utility, OLD.case_id, OLD.site_id, OLD.unit, OLD.applied_on, OLD.diameter_mm, OLD.laying, OLD.pressure_class, OLD.voltage_kv, OLD.cover_m, OLD.trench_width_m, OLD.working_width_m, OLD.pit_length_m, OLD.pit_width_m, OLD.planned_on, OLD.works_from, OLD.works_to, OLD.contractor, OLD.trenchless, OLD.applicant_kind;
    INSERT INTO steps (at, who, what, state)
        SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', 'done' WHERE NOT EXISTS (SELECT 1 FROM current_step);
    UPDATE steps SET state = 'cut'
        WHERE state = 'undone' AND NOT EXISTS (SELECT 1 FROM current_step);
    INSERT INTO step_changes (step_id, uuid, version_before, version_after)
        SELECT coalesce((SELECT step_id FROM current_step), (SELECT max(step_id) FROM steps)), OLD.uuid,
            (SELECT max(version) FROM route_history WHERE uuid = OLD.uuid), NULL
        WHERE NOT EXISTS (SELECT 1 FROM current_step WHERE step_id IS NULL);
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'routes', OLD.uuid, OLD.route_id;
END;
CREATE TRIGGER routes_uuid_stays BEFORE UPDATE OF uuid ON routes
WHEN NOT EXISTS (SELECT 1 FROM arriving WHERE fid = NEW.fid) AND NEW.uuid IS NOT OLD.uuid
BEGIN
    SELECT raise(ABORT, '外线的 uuid 不能改');
END;
CREATE TRIGGER routes_version_counted AFTER UPDATE OF version ON routes
WHEN NOT EXISTS (SELECT 1 FROM arriving WHERE fid = NEW.fid) AND NEW.version IS NOT
    1 + coalesce((SELECT max(version) FROM route_history WHERE uuid = OLD.uuid), 0)
BEGIN
    UPDATE routes SET
        version = 1 + coalesce((SELECT max(version) FROM route_history WHERE uuid = OLD.uuid), 0)
    WHERE fid = NEW.fid;
END;
CREATE TRIGGER route_history_never_changed BEFORE UPDATE ON route_history
BEGIN
    SELECT raise(ABORT, 'route_history 只能增加，不能修改');
END;
CREATE TRIGGER route_history_never_deleted BEFORE DELETE ON route_history
BEGIN
    SELECT raise(ABORT, 'route_history 只能增加，不能删除');
END;
CREATE TRIGGER log_never_changed BEFORE UPDATE ON log
BEGIN
    SELECT raise(ABORT, 'log 只能增加，不能修改');
END;
CREATE TRIGGER log_never_deleted BEFORE DELETE ON log
BEGIN
    SELECT raise(ABORT, 'log 只能增加，不能删除');
END;
CREATE TRIGGER cases_inserted AFTER INSERT ON cases
BEGIN
    UPDATE cases SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM cases WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'cases', uuid, case_id
        FROM cases WHERE fid = NEW.fid;
END;
CREATE TRIGGER cases_updated AFTER UPDATE OF case_id, state, applicant_name, credit_code, legal_representative, agent_name, agent_phone, agent_id_number, applicant_kind, project_name, address, site_id, agreed_access_at, entrusts_permits, signed_on, received_by, received_at, first_received_by, lead_unit, emergency, parcel_number, grant_contract_number, land_area_m2, building_area_m2, works_start_on, production_start_on, contact_name, contact_phone, remark ON cases
WHEN (OLD.case_id, OLD.state, OLD.applicant_name, OLD.credit_code, OLD.legal_representative, OLD.agent_name, OLD.agent_phone, OLD.agent_id_number, OLD.applicant_kind, OLD.project_name, OLD.address, OLD.site_id, OLD.agreed_access_at, OLD.entrusts_permits, OLD.signed_on, OLD.received_by, OLD.received_at, OLD.first_received_by, OLD.lead_unit, OLD.emergency, OLD.parcel_number, OLD.grant_contract_number, OLD.land_area_m2, OLD.building_area_m2, OLD.works_start_on, OLD.production_start_on, OLD.contact_name, OLD.contact_phone, OLD.remark) IS NOT (NEW.case_id, NEW.state, NEW.applicant_name, NEW.credit_code, NEW.legal_representative, NEW.agent_name, NEW.agent_phone, NEW.agent_id_number, NEW.applicant_kind, NEW.project_name, NEW.address, NEW.site_id, NEW.agreed_access_at, NEW.entrusts_permits, NEW.signed_on, NEW.received_by, NEW.received_at, NEW.first_received_by, NEW.lead_unit, NEW.emergency, NEW.parcel_number, NEW.grant_contract_number, NEW.land_area_m2, NEW.building_area_m2, NEW.works_start_on, NEW.production_start_on, NEW.contact_name, NEW.contact_phone, NEW.remark)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'cases', OLD.uuid, case_id, json_object('case_id', OLD.case_id, 'state', OLD.state, 'applicant_name', OLD.applicant_name, 'credit_code', OLD.credit_code, 'legal_representative', OLD.legal_representative, 'agent_name', OLD.agent_name, 'agent_phone', OLD.agent_phone, 'agent_id_number', OLD.agent_id_number, 'applicant_kind', OLD.applicant_kind, 'project_name', OLD.project_name, 'address', OLD.address, 'site_id', OLD.site_id, 'agreed_access_at', OLD.agreed_access_at, 'entrusts_permits', OLD.entrusts_permits, 'signed_on', OLD.signed_on, 'received_by', OLD.received_by, 'received_at', OLD.received_at, 'first_received_by', OLD.first_received_by, 'lead_unit', OLD.lead_unit, 'emergency', OLD.emergency, 'parcel_number', OLD.parcel_number, 'grant_contract_number', OLD.grant_contract_number, 'land_area_m2', OLD.land_area_m2, 'building_area_m2', OLD.building_area_m2, 'works_start_on', OLD.works_start_on, 'production_start_on', OLD.production_start_on, 'contact_name', OLD.contact_name, 'contact_phone', OLD.contact_phone, 'remark', OLD.remark)
        FROM cases WHERE fid = NEW.fid;
END;
CREATE TRIGGER cases_deleted AFTER DELETE ON cases
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'cases', OLD.uuid, OLD.case_id,
            json_object('case_id', OLD.case_id, 'state', OLD.state, 'applicant_name', OLD.applicant_name, 'credit_code', OLD.credit_code, 'legal_representative', OLD.legal_representative, 'agent_name', OLD.agent_name, 'agent_phone', OLD.agent_phone, 'agent_id_number', OLD.agent_id_number, 'applicant_kind', OLD.applicant_kind, 'project_name', OLD.project_name, 'address', OLD.address, 'site_id', OLD.site_id, 'agreed_access_at', OLD.agreed_access_at, 'entrusts_permits', OLD.entrusts_permits, 'signed_on', OLD.signed_on, 'received_by', OLD.received_by, 'received_at', OLD.received_at, 'first_received_by', OLD.first_received_by, 'lead_unit', OLD.lead_unit, 'emergency', OLD.emergency, 'parcel_number', OLD.parcel_number, 'grant_contract_number', OLD.grant_contract_number, 'land_area_m2', OLD.land_area_m2, 'building_area_m2', OLD.building_area_m2, 'works_start_on', OLD.works_start_on, 'production_start_on', OLD.production_start_on, 'contact_name', OLD.contact_name, 'contact_phone', OLD.contact_phone, 'remark', OLD.remark);
END;
CREATE TRIGGER cases_uuid_stays BEFORE UPDATE OF uuid ON cases
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM cases WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'cases 的 uuid 不能改');
END;
CREATE TRIGGER services_inserted AFTER INSERT ON services
BEGIN
    UPDATE services SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM services WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'services', uuid, case_id
        FROM services WHERE fid = NEW.fid;
END;
CREATE TRIGGER services_updated AFTER UPDATE OF case_id, utility, service_kind, needed_for, water_use, households, persons, daily_water_t, hourly_water_t, meter_mm, meter_count, has_booster, has_tank, power_kw, power_kva, voltage_kv, load_kind, gas_use, gas_m3_h, pressure_class, heated_area_m2, heating_kind, exchange_station, bandwidth_mbit_s, ports, duct_holes, access_done_at, remark ON services
WHEN (OLD.case_id, OLD.utility, OLD.service_kind, OLD.needed_for, OLD.water_use, OLD.households, OLD.persons, OLD.daily_water_t, OLD.hourly_water_t, OLD.meter_mm, OLD.meter_count, OLD.has_booster, OLD.has_tank, OLD.power_kw, OLD.power_kva, OLD.voltage_kv, OLD.load_kind, OLD.gas_use, OLD.gas_m3_h, OLD.pressure_class, OLD.heated_area_m2, OLD.heating_kind, OLD.exchange_station, OLD.bandwidth_mbit_s, OLD.ports, OLD.duct_holes, OLD.access_done_at, OLD.remark) IS NOT (NEW.case_id, NEW.utility, NEW.service_kind, NEW.needed_for, NEW.water_use, NEW.households, NEW.persons, NEW.daily_water_t, NEW.hourly_water_t, NEW.meter_mm, NEW.meter_count, NEW.has_booster, NEW.has_tank, NEW.power_kw, NEW.power_kva, NEW.voltage_kv, NEW.load_kind, NEW.gas_use, NEW.gas_m3_h, NEW.pressure_class, NEW.heated_area_m2, NEW.heating_kind, NEW.exchange_station, NEW.bandwidth_mbit_s, NEW.ports, NEW.duct_holes, NEW.access_done_at, NEW.remark)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'services', OLD.uuid, case_id, json_object('case_id', OLD.case_id, 'utility', OLD.utility, 'service_kind', OLD.service_kind, 'needed_for', OLD.needed_for, 'water_use', OLD.water_use, 'households', OLD.households, 'persons', OLD.persons, 'daily_water_t', OLD.daily_water_t, 'hourly_water_t', OLD.hourly_water_t, 'meter_mm', OLD.meter_mm, 'meter_count', OLD.meter_count, 'has_booster', OLD.has_booster, 'has_tank', OLD.has_tank, 'power_kw', OLD.power_kw, 'power_kva', OLD.power_kva, 'voltage_kv', OLD.voltage_kv, 'load_kind', OLD.load_kind, 'gas_use', OLD.gas_use, 'gas_m3_h', OLD.gas_m3_h, 'pressure_class', OLD.pressure_class, 'heated_area_m2', OLD.heated_area_m2, 'heating_kind', OLD.heating_kind, 'exchange_station', OLD.exchange_station, 'bandwidth_mbit_s', OLD.bandwidth_mbit_s, 'ports', OLD.ports, 'duct_holes', OLD.duct_holes, 'access_done_at', OLD.access_done_at, 'remark', OLD.remark)
        FROM services WHERE fid = NEW.fid;
END;
CREATE TRIGGER services_deleted AFTER DELETE ON services
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'services', OLD.uuid, OLD.case_id,
            json_object('case_id', OLD.case_id, 'utility', OLD.utility, 'service_kind', OLD.service_kind, 'needed_for', OLD.needed_for, 'water_use', OLD.water_use, 'households', OLD.households, 'persons', OLD.persons, 'daily_water_t', OLD.daily_water_t, 'hourly_water_t', OLD.hourly_water_t, 'meter_mm', OLD.meter_mm, 'meter_count', OLD.meter_count, 'has_booster', OLD.has_booster, 'has_tank', OLD.has_tank, 'power_kw', OLD.power_kw, 'power_kva', OLD.power_kva, 'voltage_kv', OLD.voltage_kv, 'load_kind', OLD.load_kind, 'gas_use', OLD.gas_use, 'gas_m3_h', OLD.gas_m3_h, 'pressure_class', OLD.pressure_class, 'heated_area_m2', OLD.heated_area_m2, 'heating_kind', OLD.heating_kind, 'exchange_station', OLD.exchange_station, 'bandwidth_mbit_s', OLD.bandwidth_mbit_s, 'ports', OLD.ports, 'duct_holes', OLD.duct_holes, 'access_done_at', OLD.access_done_at, 'remark', OLD.remark);
END;
CREATE TRIGGER services_uuid_stays BEFORE UPDATE OF uuid ON services
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM services WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'services 的 uuid 不能改');
END;
CREATE TRIGGER decisions_inserted AFTER INSERT ON decisions
BEGIN
    UPDATE decisions SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM decisions WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'decisions', uuid, case_id
        FROM decisions WHERE fid = NEW.fid;
END;
CREATE TRIGGER decisions_updated AFTER UPDATE OF case_id, utility, matter, department, notified_at, received_at, outcome, document_number, conditions, decided_at, decided_by, remark ON decisions
WHEN (OLD.case_id, OLD.utility, OLD.matter, OLD.department, OLD.notified_at, OLD.received_at, OLD.outcome, OLD.document_number, OLD.conditions, OLD.decided_at, OLD.decided_by, OLD.remark) IS NOT (NEW.case_id, NEW.utility, NEW.matter, NEW.department, NEW.notified_at, NEW.received_at, NEW.outcome, NEW.document_number, NEW.conditions, NEW.decided_at, NEW.decided_by, NEW.remark)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'decisions', OLD.uuid, case_id, json_object('case_id', OLD.case_id, 'utility', OLD.utility, 'matter', OLD.matter, 'department', OLD.department, 'notified_at', OLD.notified_at, 'received_at', OLD.received_at, 'outcome', OLD.outcome, 'document_number', OLD.document_number, 'conditions', OLD.conditions, 'decided_at', OLD.decided_at, 'decided_by', OLD.decided_by, 'remark', OLD.remark)
        FROM decisions WHERE fid = NEW.fid;
END;
CREATE TRIGGER decisions_deleted AFTER DELETE ON decisions
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'decisions', OLD.uuid, OLD.case_id,
            json_object('case_id', OLD.case_id, 'utility', OLD.utility, 'matter', OLD.matter, 'department', OLD.department, 'notified_at', OLD.notified_at, 'received_at', OLD.received_at, 'outcome', OLD.outcome, 'document_number', OLD.document_number, 'conditions', OLD.conditions, 'decided_at', OLD.decided_at, 'decided_by', OLD.decided_by, 'remark', OLD.remark);
END;
CREATE TRIGGER decisions_uuid_stays BEFORE UPDATE OF uuid ON decisions
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM decisions WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'decisions 的 uuid 不能改');
END;
CREATE TRIGGER packets_inserted AFTER INSERT ON packets
BEGIN
    UPDATE packets SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM packets WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'packets', uuid, case_id
        FROM packets WHERE fid = NEW.fid;
END;
CREATE TRIGGER packets_updated AFTER UPDATE OF case_id, utility, way, policy, issued_at, issued_by, sha256, routes_sha256, layers_sha256, rules_sha256, folder, remark ON packets
WHEN (OLD.case_id, OLD.utility, OLD.way, OLD.policy, OLD.issued_at, OLD.issued_by, OLD.sha256, OLD.routes_sha256, OLD.layers_sha256, OLD.rules_sha256, OLD.folder, OLD.remark) IS NOT (NEW.case_id, NEW.utility, NEW.way, NEW.policy, NEW.issued_at, NEW.issued_by, NEW.sha256, NEW.routes_sha256, NEW.layers_sha256, NEW.rules_sha256, NEW.folder, NEW.remark)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'packets', OLD.uuid, case_id, json_object('case_id', OLD.case_id, 'utility', OLD.utility, 'way', OLD.way, 'policy', OLD.policy, 'issued_at', OLD.issued_at, 'issued_by', OLD.issued_by, 'sha256', OLD.sha256, 'routes_sha256', OLD.routes_sha256, 'layers_sha256', OLD.layers_sha256, 'rules_sha256', OLD.rules_sha256, 'folder', OLD.folder, 'remark', OLD.remark)
        FROM packets WHERE fid = NEW.fid;
END;
CREATE TRIGGER packets_deleted AFTER DELETE ON packets
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'packets', OLD.uuid, OLD.case_id,
            json_object('case_id', OLD.case_id, 'utility', OLD.utility, 'way', OLD.way, 'policy', OLD.policy, 'issued_at', OLD.issued_at, 'issued_by', OLD.issued_by, 'sha256', OLD.sha256, 'routes_sha256', OLD.routes_sha256, 'layers_sha256', OLD.layers_sha256, 'rules_sha256', OLD.rules_sha256, 'folder', OLD.folder, 'remark', OLD.remark);
END;
CREATE TRIGGER packets_uuid_stays BEFORE UPDATE OF uuid ON packets
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM packets WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'packets 的 uuid 不能改');
END;
CREATE TRIGGER joint_surveys_inserted AFTER INSERT ON joint_surveys
BEGIN
    UPDATE joint_surveys SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM joint_surveys WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'joint_surveys', uuid, case_id
        FROM joint_surveys WHERE fid = NEW.fid;
END;
CREATE TRIGGER joint_surveys_updated AFTER UPDATE OF case_id, surveyed_at, place, organised_by, existing_lines, roads, green, recommended_route, method, way, conclusion, remark ON joint_surveys
WHEN (OLD.case_id, OLD.surveyed_at, OLD.place, OLD.organised_by, OLD.existing_lines, OLD.roads, OLD.green, OLD.recommended_route, OLD.method, OLD.way, OLD.conclusion, OLD.remark) IS NOT (NEW.case_id, NEW.surveyed_at, NEW.place, NEW.organised_by, NEW.existing_lines, NEW.roads, NEW.green, NEW.recommended_route, NEW.method, NEW.way, NEW.conclusion, NEW.remark)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'joint_surveys', OLD.uuid, case_id, json_object('case_id', OLD.case_id, 'surveyed_at', OLD.surveyed_at, 'place', OLD.place, 'organised_by', OLD.organised_by, 'existing_lines', OLD.existing_lines, 'roads', OLD.roads, 'green', OLD.green, 'recommended_route', OLD.recommended_route, 'method', OLD.method, 'way', OLD.way, 'conclusion', OLD.conclusion, 'remark', OLD.remark)
        FROM joint_surveys WHERE fid = NEW.fid;
END;
CREATE TRIGGER joint_surveys_deleted AFTER DELETE ON joint_surveys
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'joint_surveys', OLD.uuid, OLD.case_id,
            json_object('case_id', OLD.case_id, 'surveyed_at', OLD.surveyed_at, 'place', OLD.place, 'organised_by', OLD.organised_by, 'existing_lines', OLD.existing_lines, 'roads', OLD.roads, 'green', OLD.green, 'recommended_route', OLD.recommended_route, 'method', OLD.method, 'way', OLD.way, 'conclusion', OLD.conclusion, 'remark', OLD.remark);
END;
CREATE TRIGGER joint_surveys_uuid_stays BEFORE UPDATE OF uuid ON joint_surveys
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM joint_surveys WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'joint_surveys 的 uuid 不能改');
END;
CREATE TRIGGER participants_inserted AFTER INSERT ON participants
BEGIN
    UPDATE participants SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM participants WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'participants', uuid, survey_uuid
        FROM participants WHERE fid = NEW.fid;
END;
CREATE TRIGGER participants_updated AFTER UPDATE OF survey_uuid, unit, person, phone, signed_at ON participants
WHEN (OLD.survey_uuid, OLD.unit, OLD.person, OLD.phone, OLD.signed_at) IS NOT (NEW.survey_uuid, NEW.unit, NEW.person, NEW.phone, NEW.signed_at)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'participants', OLD.uuid, survey_uuid, json_object('survey_uuid', OLD.survey_uuid, 'unit', OLD.unit, 'person', OLD.person, 'phone', OLD.phone, 'signed_at', OLD.signed_at)
        FROM participants WHERE fid = NEW.fid;
END;
CREATE TRIGGER participants_deleted AFTER DELETE ON participants
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'participants', OLD.uuid, OLD.survey_uuid,
            json_object('survey_uuid', OLD.survey_uuid, 'unit', OLD.unit, 'person', OLD.person, 'phone', OLD.phone, 'signed_at', OLD.signed_at);
END;
CREATE TRIGGER participants_uuid_stays BEFORE UPDATE OF uuid ON participants
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM participants WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'participants 的 uuid 不能改');
END;
CREATE TRIGGER opinions_inserted AFTER INSERT ON opinions
BEGIN
    UPDATE opinions SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM opinions WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'opinions', uuid, survey_uuid
        FROM opinions WHERE fid = NEW.fid;
END;
CREATE TRIGGER opinions_updated AFTER UPDATE OF survey_uuid, unit, opinion, conditions, reason, given_by, given_at ON opinions
WHEN (OLD.survey_uuid, OLD.unit, OLD.opinion, OLD.conditions, OLD.reason, OLD.given_by, OLD.given_at) IS NOT (NEW.survey_uuid, NEW.unit, NEW.opinion, NEW.conditions, NEW.reason, NEW.given_by, NEW.given_at)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'opinions', OLD.uuid, survey_uuid, json_object('survey_uuid', OLD.survey_uuid, 'unit', OLD.unit, 'opinion', OLD.opinion, 'conditions', OLD.conditions, 'reason', OLD.reason, 'given_by', OLD.given_by, 'given_at', OLD.given_at)
        FROM opinions WHERE fid = NEW.fid;
END;
CREATE TRIGGER opinions_deleted AFTER DELETE ON opinions
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'opinions', OLD.uuid, OLD.survey_uuid,
            json_object('survey_uuid', OLD.survey_uuid, 'unit', OLD.unit, 'opinion', OLD.opinion, 'conditions', OLD.conditions, 'reason', OLD.reason, 'given_by', OLD.given_by, 'given_at', OLD.given_at);
END;
CREATE TRIGGER opinions_uuid_stays BEFORE UPDATE OF uuid ON opinions
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM opinions WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'opinions 的 uuid 不能改');
END;
CREATE TRIGGER photos_inserted AFTER INSERT ON photos
BEGIN
    UPDATE photos SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM photos WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'photos', uuid, file_name
        FROM photos WHERE fid = NEW.fid;
END;
CREATE TRIGGER photos_updated AFTER UPDATE OF survey_uuid, case_id, file_name, media_type, image, easting_m, northing_m, taken_at, taken_by, remark ON photos
WHEN (OLD.survey_uuid, OLD.case_id, OLD.file_name, OLD.media_type, OLD.image, OLD.easting_m, OLD.northing_m, OLD.taken_at, OLD.taken_by, OLD.remark) IS NOT (NEW.survey_uuid, NEW.case_id, NEW.file_name, NEW.media_type, NEW.image, NEW.easting_m, NEW.northing_m, NEW.taken_at, NEW.taken_by, NEW.remark)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'photos', OLD.uuid, file_name, json_object('survey_uuid', OLD.survey_uuid, 'case_id', OLD.case_id, 'file_name', OLD.file_name, 'media_type', OLD.media_type, 'image', hex(OLD.image), 'easting_m', OLD.easting_m, 'northing_m', OLD.northing_m, 'taken_at', OLD.taken_at, 'taken_by', OLD.taken_by, 'remark', OLD.remark)
        FROM photos WHERE fid = NEW.fid;
END;
CREATE TRIGGER photos_deleted AFTER DELETE ON photos
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'photos', OLD.uuid, OLD.file_name,
            json_object('survey_uuid', OLD.survey_uuid, 'case_id', OLD.case_id, 'file_name', OLD.file_name, 'media_type', OLD.media_type, 'image', hex(OLD.image), 'easting_m', OLD.easting_m, 'northing_m', OLD.northing_m, 'taken_at', OLD.taken_at, 'taken_by', OLD.taken_by, 'remark', OLD.remark);
END;
CREATE TRIGGER photos_uuid_stays BEFORE UPDATE OF uuid ON photos
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM photos WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'photos 的 uuid 不能改');
END;
CREATE TRIGGER confirmed_facts_inserted AFTER INSERT ON confirmed_facts
BEGIN
    UPDATE confirmed_facts SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM confirmed_facts WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'confirmed_facts', uuid, object_id
        FROM confirmed_facts WHERE fid = NEW.fid;
END;
CREATE TRIGGER confirmed_facts_updated AFTER UPDATE OF layer, object_id, field, value, evidence, confirmed_by, confirmed_on, withdrawn_on ON confirmed_facts
WHEN (OLD.layer, OLD.object_id, OLD.field, OLD.value, OLD.evidence, OLD.confirmed_by, OLD.confirmed_on, OLD.withdrawn_on) IS NOT (NEW.layer, NEW.object_id, NEW.field, NEW.value, NEW.evidence, NEW.confirmed_by, NEW.confirmed_on, NEW.withdrawn_on)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'confirmed_facts', OLD.uuid, object_id, json_object('layer', OLD.layer, 'object_id', OLD.object_id, 'field', OLD.field, 'value', OLD.value, 'evidence', OLD.evidence, 'confirmed_by', OLD.confirmed_by, 'confirmed_on', OLD.confirmed_on, 'withdrawn_on', OLD.withdrawn_on)
        FROM confirmed_facts WHERE fid = NEW.fid;
END;
CREATE TRIGGER confirmed_facts_deleted AFTER DELETE ON confirmed_facts
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'confirmed_facts', OLD.uuid, OLD.object_id,
            json_object('layer', OLD.layer, 'object_id', OLD.object_id, 'field', OLD.field, 'value', OLD.value, 'evidence', OLD.evidence, 'confirmed_by', OLD.confirmed_by, 'confirmed_on', OLD.confirmed_on, 'withdrawn_on', OLD.withdrawn_on);
END;
CREATE TRIGGER confirmed_facts_uuid_stays BEFORE UPDATE OF uuid ON confirmed_facts
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM confirmed_facts WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'confirmed_facts 的 uuid 不能改');
END;
CREATE TRIGGER units_inserted AFTER INSERT ON units
BEGIN
    UPDATE units SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM units WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'units', uuid, unit_id
        FROM units WHERE fid = NEW.fid;
END;
CREATE TRIGGER units_updated AFTER UPDATE OF unit_id, name, utility, contact_name, contact_phone ON units
WHEN (OLD.unit_id, OLD.name, OLD.utility, OLD.contact_name, OLD.contact_phone) IS NOT (NEW.unit_id, NEW.name, NEW.utility, NEW.contact_name, NEW.contact_phone)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'units', OLD.uuid, unit_id, json_object('unit_id', OLD.unit_id, 'name', OLD.name, 'utility', OLD.utility, 'contact_name', OLD.contact_name, 'contact_phone', OLD.contact_phone)
        FROM units WHERE fid = NEW.fid;
END;
CREATE TRIGGER units_deleted AFTER DELETE ON units
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'units', OLD.uuid, OLD.unit_id,
            json_object('unit_id', OLD.unit_id, 'name', OLD.name, 'utility', OLD.utility, 'contact_name', OLD.contact_name, 'contact_phone', OLD.contact_phone);
END;
CREATE TRIGGER units_uuid_stays BEFORE UPDATE OF uuid ON units
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM units WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'units 的 uuid 不能改');
END;
CREATE TRIGGER suspensions_inserted AFTER INSERT ON suspensions
BEGIN
    UPDATE suspensions SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM suspensions WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'insert', coalesce((SELECT what FROM current_step), '其他程序'), 'suspensions', uuid, unit_id
        FROM suspensions WHERE fid = NEW.fid;
END;
CREATE TRIGGER suspensions_updated AFTER UPDATE OF unit_id, imposed_on, imposed_by, reason, rectified_on, lifted_on, remark ON suspensions
WHEN (OLD.unit_id, OLD.imposed_on, OLD.imposed_by, OLD.reason, OLD.rectified_on, OLD.lifted_on, OLD.remark) IS NOT (NEW.unit_id, NEW.imposed_on, NEW.imposed_by, NEW.reason, NEW.rectified_on, NEW.lifted_on, NEW.remark)
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'update', coalesce((SELECT what FROM current_step), '其他程序'), 'suspensions', OLD.uuid, unit_id, json_object('unit_id', OLD.unit_id, 'imposed_on', OLD.imposed_on, 'imposed_by', OLD.imposed_by, 'reason', OLD.reason, 'rectified_on', OLD.rectified_on, 'lifted_on', OLD.lifted_on, 'remark', OLD.remark)
        FROM suspensions WHERE fid = NEW.fid;
END;
CREATE TRIGGER suspensions_deleted AFTER DELETE ON suspensions
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), coalesce((SELECT who FROM current_step), '其他程序'), 'delete', coalesce((SELECT what FROM current_step), '其他程序'), 'suspensions', OLD.uuid, OLD.unit_id,
            json_object('unit_id', OLD.unit_id, 'imposed_on', OLD.imposed_on, 'imposed_by', OLD.imposed_by, 'reason', OLD.reason, 'rectified_on', OLD.rectified_on, 'lifted_on', OLD.lifted_on, 'remark', OLD.remark);
END;
CREATE TRIGGER suspensions_uuid_stays BEFORE UPDATE OF uuid ON suspensions
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM suspensions WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, 'suspensions 的 uuid 不能改');
END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('layer_styles',2);
INSERT INTO "sqlite_sequence" VALUES('survey_meta',5);
INSERT INTO "sqlite_sequence" VALUES('log',10);
INSERT INTO "sqlite_sequence" VALUES('steps',3);
INSERT INTO "sqlite_sequence" VALUES('step_changes',4);
INSERT INTO "sqlite_sequence" VALUES('route_history',2);
INSERT INTO "sqlite_sequence" VALUES('routes',3);
INSERT INTO "sqlite_sequence" VALUES('confirmed_facts',1);
INSERT INTO "sqlite_sequence" VALUES('cases',1);
INSERT INTO "sqlite_sequence" VALUES('photos',1);
COMMIT;