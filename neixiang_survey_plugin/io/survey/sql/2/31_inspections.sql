-- What departments looked at, clause by clause, and what had to be put right.
CREATE TABLE inspections (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    utility TEXT,
    unit TEXT,
    matter TEXT,
    department TEXT,
    kind TEXT,
    with_departments TEXT,
    inspected_on DATE,
    inspected_by TEXT,
    remark TEXT
);
CREATE INDEX inspections_by_case_id ON inspections (case_id);

CREATE TABLE inspection_items (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    inspection_uuid TEXT,
    route_id TEXT,
    promise TEXT,
    outcome TEXT,
    evidence TEXT,
    requirement TEXT
);
CREATE INDEX inspection_items_by_inspection ON inspection_items (inspection_uuid);

CREATE TABLE rectifications (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    inspection_uuid TEXT,
    case_id TEXT,
    unit TEXT,
    department TEXT,
    what TEXT,
    ordered_on DATE,
    due_on DATE,
    done_on DATE,
    confirmed_by TEXT
);
CREATE INDEX rectifications_by_inspection ON rectifications (inspection_uuid);
CREATE INDEX rectifications_by_case_id ON rectifications (case_id);

-- Talks (约谈) that a department held with a unit.
CREATE TABLE talks (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    unit TEXT,
    department TEXT,
    held_on DATE,
    reason TEXT
);
CREATE INDEX talks_by_unit ON talks (unit);
