CREATE TABLE retired_key (
    id BIGSERIAL NOT NULL,
    master_id VARCHAR(16) NOT NULL,
    successor VARCHAR(16) NOT NULL,
    kept BYTEA,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_retired_key PRIMARY KEY (id),
    CONSTRAINT uq_retired_key_master_id UNIQUE (master_id),
    CONSTRAINT key_has_another_successor CHECK (master_id <> successor)
)
--;
CREATE FUNCTION refuse_retiring_a_key_in_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM data_key WHERE master_id = NEW.master_id) THEN
        RAISE EXCEPTION 'retired_key_is_unused' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
--;
CREATE TRIGGER retired_key_is_unused BEFORE INSERT ON retired_key
FOR EACH ROW EXECUTE FUNCTION refuse_retiring_a_key_in_use()
--;
CREATE FUNCTION refuse_a_retired_master() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM retired_key WHERE master_id = NEW.master_id) THEN
        RAISE EXCEPTION 'data_key_under_living_master' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
--;
CREATE TRIGGER data_key_under_living_master BEFORE INSERT OR UPDATE ON data_key
FOR EACH ROW EXECUTE FUNCTION refuse_a_retired_master()
--;
CREATE FUNCTION refuse_reviving_a_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'retired_key_stays_retired' USING ERRCODE = 'integrity_constraint_violation';
END
$$
--;
CREATE TRIGGER retired_key_stays_retired BEFORE DELETE OR TRUNCATE ON retired_key
FOR EACH STATEMENT EXECUTE FUNCTION refuse_reviving_a_key()
