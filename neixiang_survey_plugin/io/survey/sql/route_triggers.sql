-- The journal of the lines, in plain SQL, so that QGIS, ogr2ogr and this program alike leave
-- every earlier version, a log entry and an undoable step behind. A line's versions are numbered
-- upwards and never renumbered: a new one is above all that this file has seen of the line, so
-- that copies of the survey, brought together again, still name the same version alike.
-- {facts} stands for the columns of a line, {old} and {new} for the same with OLD. and NEW.

CREATE TRIGGER routes_inserted AFTER INSERT ON routes
BEGIN
    INSERT INTO arriving (fid) VALUES (NEW.fid);
    UPDATE routes SET
        uuid = CASE
            WHEN NEW.uuid IS NULL OR NEW.uuid = ''
                OR EXISTS (SELECT 1 FROM routes WHERE uuid = NEW.uuid AND fid <> NEW.fid)
            THEN {uuid4} ELSE NEW.uuid END
    WHERE fid = NEW.fid;
    UPDATE routes SET
        route_id = CASE
            WHEN NEW.route_id IS NULL OR NEW.route_id = '' THEN 'r-' || substr(uuid, 1, 8)
            WHEN EXISTS (SELECT 1 FROM routes WHERE route_id = NEW.route_id AND fid <> NEW.fid)
            THEN NEW.route_id || '-' || substr(uuid, 1, 8) ELSE NEW.route_id END
    WHERE fid = NEW.fid;
    UPDATE routes SET
        version = 1 + coalesce(
            (SELECT max(h.version) FROM route_history AS h WHERE h.uuid = routes.uuid), 0),
        changed_at = {now},
        changed_by = {who}
    WHERE fid = NEW.fid;
    INSERT INTO steps (at, who, what, state)
        SELECT {now}, {who}, 'insert', 'done' WHERE NOT EXISTS (SELECT 1 FROM current_step);
    UPDATE steps SET state = 'cut'
        WHERE state = 'undone' AND NOT EXISTS (SELECT 1 FROM current_step);
    INSERT INTO step_changes (step_id, uuid, version_before, version_after)
        SELECT {step}, uuid, NULL, version FROM routes WHERE fid = NEW.fid AND {recorded};
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT {uuid4}, {now}, {who}, 'insert', {through}, 'routes', uuid, route_id
        FROM routes WHERE fid = NEW.fid;
    DELETE FROM arriving;
END;

-- REPLACE drops the old row without telling the trigger of deletions.
CREATE TRIGGER routes_replaced BEFORE INSERT ON routes
WHEN EXISTS (SELECT 1 FROM routes WHERE fid = NEW.fid)
BEGIN
    INSERT INTO route_history (geom, uuid, version, changed_at, changed_by,
            ended_at, ended_by, ended_how, {facts})
        SELECT geom, uuid, version, changed_at, changed_by, {now}, {who}, 'replace', {facts}
        FROM routes WHERE fid = NEW.fid;
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT {uuid4}, {now}, {who}, 'replace', {through}, 'routes', uuid, route_id
        FROM routes WHERE fid = NEW.fid;
END;

-- What the triggers fill in themselves is no edit: arriving names the line meanwhile.
CREATE TRIGGER routes_updated AFTER UPDATE OF geom, {facts} ON routes
WHEN {settled} AND (OLD.geom, {old}) IS NOT (NEW.geom, {new})
BEGIN
    INSERT INTO arriving (fid) VALUES (NEW.fid);
    INSERT INTO route_history (geom, uuid, version, changed_at, changed_by,
            ended_at, ended_by, ended_how, {facts})
        SELECT OLD.geom, OLD.uuid, OLD.version, OLD.changed_at, OLD.changed_by,
            {now}, {who}, 'update', {old};
    UPDATE routes SET
        route_id = CASE
            WHEN NEW.route_id IS NULL OR NEW.route_id = '' THEN OLD.route_id
            WHEN EXISTS (SELECT 1 FROM routes WHERE route_id = NEW.route_id AND fid <> NEW.fid)
            THEN NEW.route_id || '-' || substr(OLD.uuid, 1, 8) ELSE NEW.route_id END
    WHERE fid = NEW.fid AND NEW.route_id IS NOT OLD.route_id;
    UPDATE routes SET
        version = 1 + (SELECT max(version) FROM route_history WHERE uuid = OLD.uuid),
        changed_at = {now},
        changed_by = {who}
    WHERE fid = NEW.fid;
    INSERT INTO steps (at, who, what, state)
        SELECT {now}, {who}, 'update', 'done' WHERE NOT EXISTS (SELECT 1 FROM current_step);
    UPDATE steps SET state = 'cut'
        WHERE state = 'undone' AND NOT EXISTS (SELECT 1 FROM current_step);
    INSERT INTO step_changes (step_id, uuid, version_before, version_after)
        SELECT {step}, uuid, OLD.version, version FROM routes WHERE fid = NEW.fid AND {recorded};
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT {uuid4}, {now}, {who}, 'update', {through}, 'routes', OLD.uuid, NEW.route_id;
    DELETE FROM arriving;
END;

CREATE TRIGGER routes_deleted AFTER DELETE ON routes
BEGIN
    INSERT INTO route_history (geom, uuid, version, changed_at, changed_by,
            ended_at, ended_by, ended_how, {facts})
        SELECT OLD.geom, OLD.uuid, OLD.version, OLD.changed_at, OLD.changed_by,
            {now}, {who}, 'delete', {old};
    INSERT INTO steps (at, who, what, state)
        SELECT {now}, {who}, 'delete', 'done' WHERE NOT EXISTS (SELECT 1 FROM current_step);
    UPDATE steps SET state = 'cut'
        WHERE state = 'undone' AND NOT EXISTS (SELECT 1 FROM current_step);
    INSERT INTO step_changes (step_id, uuid, version_before, version_after)
        SELECT {step}, OLD.uuid, OLD.version, NULL WHERE {recorded};
    INSERT INTO log (uuid, at, who, what, through, subject_table, subject_uuid, subject)
        SELECT {uuid4}, {now}, {who}, 'delete', {through}, 'routes', OLD.uuid, OLD.route_id;
END;

CREATE TRIGGER routes_uuid_stays BEFORE UPDATE OF uuid ON routes
WHEN {settled} AND NEW.uuid IS NOT OLD.uuid
BEGIN
    SELECT raise(ABORT, '外线的 uuid 不能改');
END;

-- The version is counted by the file: one that a form wrote back is put right.
CREATE TRIGGER routes_version_counted AFTER UPDATE OF version ON routes
WHEN {settled} AND NEW.version IS NOT OLD.version
    AND (OLD.geom, {old}) IS (NEW.geom, {new})
BEGIN
    INSERT INTO arriving (fid) VALUES (NEW.fid);
    UPDATE routes SET version = OLD.version WHERE fid = NEW.fid;
    DELETE FROM arriving;
END;
