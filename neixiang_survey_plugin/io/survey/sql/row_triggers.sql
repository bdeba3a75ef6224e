-- The journal of {table}: a missing or copied uuid is replaced, and the log keeps each row as it
-- was before. {changed} says that a column changed, {row} is the old row as JSON. What happens
-- inside a step of this program is noted with the step, so that undo finds it in the log.
CREATE TRIGGER {table}_inserted AFTER INSERT ON {table}
BEGIN
    UPDATE {table} SET uuid = {uuid4}
    WHERE fid = NEW.fid AND (NEW.uuid IS NULL OR NEW.uuid = ''
        OR EXISTS (SELECT 1 FROM {table} WHERE uuid = NEW.uuid AND fid <> NEW.fid));
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT {uuid4}, {now}, {who}, 'insert', {through}, '{table}', uuid, {subject}
        FROM {table} WHERE fid = NEW.fid;
    INSERT INTO step_records (step_id, subject_table, subject_uuid, done_log)
        SELECT c.step_id, '{table}', l.subject_uuid, l.uuid FROM current_step AS c, log AS l
        WHERE c.step_id IS NOT NULL AND l.fid = last_insert_rowid();
END;

CREATE TRIGGER {table}_updated AFTER UPDATE OF {columns} ON {table}
WHEN {changed}
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT {uuid4}, {now}, {who}, 'update', {through}, '{table}', OLD.uuid, {subject},
            {row_without_what_stayed}
        FROM {table} WHERE fid = NEW.fid;
    INSERT INTO step_records (step_id, subject_table, subject_uuid, done_log)
        SELECT c.step_id, '{table}', l.subject_uuid, l.uuid FROM current_step AS c, log AS l
        WHERE c.step_id IS NOT NULL AND l.fid = last_insert_rowid();
END;

CREATE TRIGGER {table}_deleted AFTER DELETE ON {table}
BEGIN
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject, was)
        SELECT {uuid4}, {now}, {who}, 'delete', {through}, '{table}', OLD.uuid, OLD.{subject},
            {row};
    INSERT INTO step_records (step_id, subject_table, subject_uuid, done_log)
        SELECT c.step_id, '{table}', l.subject_uuid, l.uuid FROM current_step AS c, log AS l
        WHERE c.step_id IS NOT NULL AND l.fid = last_insert_rowid();
END;

CREATE TRIGGER {table}_uuid_stays BEFORE UPDATE OF uuid ON {table}
WHEN OLD.uuid IS NOT NULL AND OLD.uuid <> '' AND NEW.uuid IS NOT OLD.uuid
    AND NOT EXISTS (SELECT 1 FROM {table} WHERE uuid = OLD.uuid AND fid <> OLD.fid)
BEGIN
    SELECT raise(ABORT, '{table} 的 uuid 不能改');
END;
