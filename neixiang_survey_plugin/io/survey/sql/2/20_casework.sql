-- Who lays a service's line, what the last check said of it, and the way that it takes.
ALTER TABLE services ADD COLUMN unit TEXT;
ALTER TABLE services ADD COLUMN verdict TEXT;
ALTER TABLE services ADD COLUMN judged_at DATETIME;
ALTER TABLE services ADD COLUMN judged_for DATE;
ALTER TABLE services ADD COLUMN reading_decides BOOLEAN;
ALTER TABLE services ADD COLUMN reading_decided_by TEXT;
ALTER TABLE services ADD COLUMN borderline BOOLEAN;
ALTER TABLE services ADD COLUMN chosen_way TEXT;
ALTER TABLE services ADD COLUMN chosen_by TEXT;
ALTER TABLE services ADD COLUMN chosen_reason TEXT;

-- Every state that a case has been in: from where to where, when it happened, by whom, why.
CREATE TABLE state_changes (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    from_state TEXT,
    to_state TEXT,
    move TEXT,
    changed_at DATETIME,
    changed_by TEXT,
    reason TEXT
);
CREATE INDEX state_changes_by_case_id ON state_changes (case_id);
