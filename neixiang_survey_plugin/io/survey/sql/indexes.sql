-- What is asked of a case at every look at its page. Of pictures it is all but the pictures
-- themselves: to read past six photographs took 30 ms.
CREATE INDEX IF NOT EXISTS as_built_by_case_id ON as_built (case_id);
CREATE INDEX IF NOT EXISTS photos_by_case_id ON photos (
    case_id,
    fid,
    uuid,
    survey_uuid,
    file_name,
    media_type,
    easting_m,
    northing_m,
    taken_at,
    taken_by,
    remark
);
