-- What was once written into {table} stays as it was written.
CREATE TRIGGER {table}_never_changed BEFORE UPDATE ON {table}
BEGIN
    SELECT raise(ABORT, '{table} 只能增加，不能修改');
END;

CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}
BEGIN
    SELECT raise(ABORT, '{table} 只能增加，不能删除');
END;
