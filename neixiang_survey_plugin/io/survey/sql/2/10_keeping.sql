-- What a step did to one row of a table other than the lines. The row before the step stands in
-- the log entry done_log, the row before the undo (that is, after the step) in undone_log.
CREATE TABLE step_records (
    change_id INTEGER PRIMARY KEY AUTOINCREMENT,
    step_id INTEGER NOT NULL,
    subject_table TEXT NOT NULL,
    subject_uuid TEXT NOT NULL,
    done_log TEXT NOT NULL,
    undone_log TEXT
);
CREATE INDEX step_records_by_step ON step_records (step_id);

CREATE INDEX log_by_uuid ON log (uuid);
