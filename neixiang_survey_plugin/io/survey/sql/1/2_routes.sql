-- The lines as they are now, and every version that they had before.
-- uuid and route_id are kept unique by triggers instead of a constraint: QGIS copies all fields
-- of a line that it splits or pastes, and a constraint would refuse the surveyor's work.
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
CREATE INDEX routes_by_uuid ON routes (uuid);
CREATE INDEX routes_by_route_id ON routes (route_id, uuid);
CREATE INDEX routes_by_case ON routes (case_id);

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
CREATE INDEX route_history_by_uuid ON route_history (uuid, version);
CREATE INDEX route_history_by_route_id ON route_history (route_id);
