-- What a commitment promised of each line, or an approval was asked for, with its course then.
CREATE TABLE promises (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom LINESTRING,
    uuid TEXT,
    packet_uuid TEXT,
    case_id TEXT,
    route_id TEXT,
    utility TEXT,
    unit TEXT,
    policy TEXT,
    crossing_reading TEXT,
    green_reading TEXT,
    length_m DOUBLE,
    crossing_m DOUBLE,
    green_m2 DOUBLE,
    crossing_layer_m DOUBLE,
    green_layer_m2 DOUBLE,
    roads TEXT,
    works_from DATE,
    works_to DATE,
    promised_on DATE,
    way TEXT
);
CREATE INDEX promises_by_route_id ON promises (route_id);
CREATE INDEX promises_by_case_id ON promises (case_id);

-- The lines as they were surveyed after the works.
CREATE TABLE as_built (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom LINESTRING,
    uuid TEXT,
    route_id TEXT,
    case_id TEXT,
    utility TEXT,
    surveyed_on DATE,
    surveyed_by TEXT,
    built_from DATE,
    built_to DATE,
    working_width_m DOUBLE,
    trenchless TEXT,
    source TEXT
);
CREATE INDEX as_built_by_route_id ON as_built (route_id);
