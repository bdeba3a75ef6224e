-- What was seen and agreed on site.
CREATE TABLE joint_surveys (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    surveyed_at DATETIME,
    place TEXT,
    organised_by TEXT,
    existing_lines TEXT,
    roads TEXT,
    green TEXT,
    recommended_route TEXT,
    method TEXT,
    way TEXT,
    conclusion TEXT,
    remark TEXT
);
CREATE INDEX joint_surveys_by_case_id ON joint_surveys (case_id);

CREATE TABLE participants (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    survey_uuid TEXT,
    unit TEXT,
    person TEXT,
    phone TEXT,
    signed_at DATETIME
);
CREATE INDEX participants_by_survey ON participants (survey_uuid);

CREATE TABLE opinions (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    survey_uuid TEXT,
    unit TEXT,
    opinion TEXT,
    conditions TEXT,
    reason TEXT,
    given_by TEXT,
    given_at DATETIME
);
CREATE INDEX opinions_by_survey ON opinions (survey_uuid);

CREATE TABLE photos (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    survey_uuid TEXT,
    case_id TEXT,
    file_name TEXT,
    media_type TEXT,
    image BLOB,
    easting_m DOUBLE,
    northing_m DOUBLE,
    taken_at DATETIME,
    taken_by TEXT,
    remark TEXT
);
CREATE INDEX photos_by_survey ON photos (survey_uuid);

-- What the site showed of an object of the county's layers; a fact taken back says when.
CREATE TABLE confirmed_facts (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    layer TEXT,
    object_id TEXT,
    field TEXT,
    value TEXT,
    evidence TEXT,
    confirmed_by TEXT,
    confirmed_on DATE,
    withdrawn_on DATE
);
CREATE INDEX confirmed_facts_by_object ON confirmed_facts (layer, object_id, field);

CREATE TABLE units (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    unit_id TEXT,
    name TEXT,
    utility TEXT,
    contact_name TEXT,
    contact_phone TEXT
);

CREATE TABLE suspensions (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    unit_id TEXT,
    imposed_on DATE,
    imposed_by TEXT,
    reason TEXT,
    rectified_on DATE,
    lifted_on DATE,
    remark TEXT
);
CREATE INDEX suspensions_by_unit ON suspensions (unit_id);
