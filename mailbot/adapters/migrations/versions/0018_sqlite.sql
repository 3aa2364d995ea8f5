CREATE TABLE retired_key (
    id INTEGER NOT NULL,
    master_id VARCHAR(16) NOT NULL,
    successor VARCHAR(16) NOT NULL,
    kept BLOB,
    at DATETIME NOT NULL,
    CONSTRAINT pk_retired_key PRIMARY KEY (id),
    CONSTRAINT uq_retired_key_master_id UNIQUE (master_id),
    CONSTRAINT key_has_another_successor CHECK (master_id <> successor)
)
--;
CREATE TRIGGER retired_key_is_unused BEFORE INSERT ON retired_key
WHEN EXISTS (SELECT 1 FROM data_key WHERE master_id = NEW.master_id)
BEGIN
    SELECT RAISE(ABORT, 'retired_key_is_unused');
END
--;
CREATE TRIGGER data_key_under_living_master_insert BEFORE INSERT ON data_key
WHEN EXISTS (SELECT 1 FROM retired_key WHERE master_id = NEW.master_id)
BEGIN
    SELECT RAISE(ABORT, 'data_key_under_living_master');
END
--;
CREATE TRIGGER data_key_under_living_master_update BEFORE UPDATE ON data_key
WHEN EXISTS (SELECT 1 FROM retired_key WHERE master_id = NEW.master_id)
BEGIN
    SELECT RAISE(ABORT, 'data_key_under_living_master');
END
--;
CREATE TRIGGER retired_key_stays_retired BEFORE DELETE ON retired_key
BEGIN
    SELECT RAISE(ABORT, 'retired_key_stays_retired');
END
