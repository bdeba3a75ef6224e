-- Ways round the works that somebody proposes.
CREATE TABLE detours (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom LINESTRING,
    uuid TEXT,
    case_id TEXT,
    name TEXT
);
CREATE INDEX detours_by_case_id ON detours (case_id);
