-- What planning staff decided on lines that were held against the master plan.
CREATE TABLE plan_reviews (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    route_id TEXT,
    case_id TEXT,
    verdict TEXT,
    reviewed_by TEXT,
    reviewed_at DATETIME,
    remark TEXT,
    course TEXT,
    diameter_mm DOUBLE,
    remarks INTEGER
);
CREATE INDEX plan_reviews_by_route_id ON plan_reviews (route_id);
