CREATE TABLE register_entry (
    id BIGSERIAL NOT NULL,
    board_id BIGINT NOT NULL,
    case_id BIGINT,
    reference VARCHAR(40) NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_register_entry PRIMARY KEY (id),
    CONSTRAINT uq_register_entry_id_board_id UNIQUE (id, board_id),
    CONSTRAINT uq_register_entry_board_id_reference UNIQUE (board_id, reference),
    CONSTRAINT uq_register_entry_case_id UNIQUE (case_id),
    CONSTRAINT register_entry_of_its_board FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT fk_register_entry_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE register_key (
    entry_id BIGINT NOT NULL,
    key_id BIGINT,
    CONSTRAINT pk_register_key PRIMARY KEY (entry_id),
    CONSTRAINT fk_register_key_entry_id FOREIGN KEY(entry_id) REFERENCES register_entry (id),
    CONSTRAINT fk_register_key_key_id FOREIGN KEY(key_id) REFERENCES data_key (id) ON DELETE SET NULL
)
--;
CREATE INDEX ix_register_key_key_id ON register_key (key_id)
--;
CREATE TABLE register_version (
    id BIGSERIAL NOT NULL,
    board_id BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    officer_id BIGINT,
    sign_in_id BIGINT,
    act VARCHAR(30) NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    reported BOOLEAN,
    sealed BYTEA NOT NULL,
    CONSTRAINT pk_register_version PRIMARY KEY (id),
    CONSTRAINT uq_register_version_entry_id_number UNIQUE (entry_id, number),
    CONSTRAINT register_version_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT register_version_of_its_entry FOREIGN KEY(entry_id, board_id) REFERENCES register_entry (id, board_id),
    CONSTRAINT register_version_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT register_version_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_register_version_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE awareness (
    id BIGSERIAL NOT NULL,
    board_id BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    officer_id BIGINT,
    sign_in_id BIGINT,
    aware_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason BYTEA,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_awareness PRIMARY KEY (id),
    CONSTRAINT awareness_states_reason CHECK (reason IS NOT NULL AND length(reason) >= 38),
    CONSTRAINT awareness_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT awareness_of_its_entry FOREIGN KEY(entry_id, board_id) REFERENCES register_entry (id, board_id),
    CONSTRAINT awareness_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT awareness_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_awareness_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_awareness_entry ON awareness (entry_id)
--;
CREATE TRIGGER register_entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON register_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
--;
CREATE TRIGGER register_version_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON register_version
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
--;
CREATE TRIGGER awareness_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON awareness
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
