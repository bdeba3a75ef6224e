-- A case: the joint application form (水电气暖信联合报装申请表) and the information sheet that is
-- filled in at the land grant (信息采集单).
CREATE TABLE cases (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    state TEXT,
    applicant_name TEXT,
    credit_code TEXT,
    legal_representative TEXT,
    agent_name TEXT,
    agent_phone TEXT,
    agent_id_number TEXT,
    applicant_kind TEXT,
    project_name TEXT,
    address TEXT,
    site_id TEXT,
    agreed_access_at DATETIME,
    entrusts_permits BOOLEAN,
    signed_on DATE,
    received_by TEXT,
    received_at DATETIME,
    first_received_by TEXT,
    lead_unit TEXT,
    emergency BOOLEAN,
    parcel_number TEXT,
    grant_contract_number TEXT,
    land_area_m2 DOUBLE,
    building_area_m2 DOUBLE,
    works_start_on DATE,
    production_start_on DATE,
    contact_name TEXT,
    contact_phone TEXT,
    remark TEXT
);
CREATE INDEX cases_by_case_id ON cases (case_id);

-- One service that a case asks for; a quantity that its utility does not know stays empty.
CREATE TABLE services (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    utility TEXT,
    service_kind TEXT,
    needed_for TEXT,
    water_use TEXT,
    households INTEGER,
    persons INTEGER,
    daily_water_t DOUBLE,
    hourly_water_t DOUBLE,
    meter_mm DOUBLE,
    meter_count INTEGER,
    has_booster BOOLEAN,
    has_tank BOOLEAN,
    power_kw DOUBLE,
    power_kva DOUBLE,
    voltage_kv DOUBLE,
    load_kind TEXT,
    gas_use TEXT,
    gas_m3_h DOUBLE,
    pressure_class TEXT,
    heated_area_m2 DOUBLE,
    heating_kind TEXT,
    exchange_station TEXT,
    bandwidth_mbit_s DOUBLE,
    ports INTEGER,
    duct_holes INTEGER,
    access_done_at DATETIME,
    remark TEXT
);
CREATE INDEX services_by_case_id ON services (case_id);

-- One matter of one department: told, received, decided.
CREATE TABLE decisions (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    utility TEXT,
    matter TEXT,
    department TEXT,
    notified_at DATETIME,
    received_at DATETIME,
    outcome TEXT,
    document_number TEXT,
    conditions TEXT,
    decided_at DATETIME,
    decided_by TEXT,
    remark TEXT
);
CREATE INDEX decisions_by_case_id ON decisions (case_id);

CREATE TABLE packets (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    uuid TEXT,
    case_id TEXT,
    utility TEXT,
    way TEXT,
    policy TEXT,
    issued_at DATETIME,
    issued_by TEXT,
    sha256 TEXT,
    routes_sha256 TEXT,
    layers_sha256 TEXT,
    rules_sha256 TEXT,
    folder TEXT,
    remark TEXT
);
CREATE INDEX packets_by_case_id ON packets (case_id);
