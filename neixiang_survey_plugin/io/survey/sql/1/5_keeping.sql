-- Who did what when. The row as it was before stands in was, as JSON; the lines' earlier
-- versions stand whole in route_history.
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
CREATE INDEX log_by_subject ON log (subject_uuid);

CREATE TABLE survey_meta (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    value TEXT
);

-- The tables from here on are the program's own: no layers, and nobody's form.

-- One undoable step; state is done, undone, or cut where a new edit ended the way back to it.
CREATE TABLE steps (
    step_id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX steps_by_state ON steps (state, step_id);

-- What a step did to one line; no version before: it was drawn; none after: it was deleted.
CREATE TABLE step_changes (
    change_id INTEGER PRIMARY KEY AUTOINCREMENT,
    step_id INTEGER NOT NULL,
    uuid TEXT NOT NULL,
    version_before INTEGER,
    version_after INTEGER
);
CREATE INDEX step_changes_by_step ON step_changes (step_id);

-- Holds a row only inside a transaction of this program; the triggers read from it who is at
-- work. step_id is empty while a step is undone or redone. Another program leaves it empty.
CREATE TABLE current_step (
    step_id INTEGER,
    who TEXT NOT NULL,
    what TEXT NOT NULL
);

-- The line into which a trigger is just filling uuid and version.
CREATE TABLE arriving (fid INTEGER NOT NULL);

CREATE TABLE drafts (
    draft_id TEXT PRIMARY KEY NOT NULL,
    utility TEXT,
    route_id TEXT,
    case_id TEXT,
    who TEXT NOT NULL,
    begun_at TEXT NOT NULL
);

CREATE TABLE draft_vertices (
    draft_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    easting_m REAL NOT NULL,
    northing_m REAL NOT NULL,
    PRIMARY KEY (draft_id, place)
);
