-- What supervisors decided on proposals of shared trenches.
CREATE TABLE trench_reviews (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    route_ids TEXT,
    variant TEXT,
    kind TEXT,
    verdict TEXT,
    reviewed_by TEXT,
    reviewed_at DATETIME,
    remark TEXT,
    digs_by TEXT,
    works_from DATE,
    works_to DATE,
    trench_before_m DOUBLE,
    trench_after_m DOUBLE,
    openings_before INTEGER,
    openings_after INTEGER
);

-- The lines of accepted common works, with the ground on which each is judged.
CREATE TABLE common_works (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    review_uuid TEXT,
    route_id TEXT,
    course TEXT,
    works_area BLOB
);
CREATE INDEX common_works_by_route_id ON common_works (route_id);

-- How conflicts were followed to an outcome.
CREATE TABLE settlements (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    kind TEXT,
    route_id TEXT,
    other_layer TEXT,
    other_id TEXT,
    easting_m DOUBLE,
    northing_m DOUBLE,
    outcome TEXT,
    measured_m DOUBLE,
    required_m DOUBLE,
    reason TEXT,
    settled_by TEXT,
    settled_on DATE
);
CREATE INDEX settlements_by_route_id ON settlements (route_id);
