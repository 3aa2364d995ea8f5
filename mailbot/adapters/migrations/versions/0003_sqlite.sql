CREATE TABLE register_entry (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER,
    reference VARCHAR(40) NOT NULL,
    opened_at DATETIME NOT NULL,
    CONSTRAINT pk_register_entry PRIMARY KEY (id),
    CONSTRAINT uq_register_entry_id_board_id UNIQUE (id, board_id),
    CONSTRAINT uq_register_entry_board_id_reference UNIQUE (board_id, reference),
    CONSTRAINT uq_register_entry_case_id UNIQUE (case_id),
    CONSTRAINT register_entry_of_its_board FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT fk_register_entry_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE register_key (
    entry_id INTEGER NOT NULL,
    key_id INTEGER,
    CONSTRAINT pk_register_key PRIMARY KEY (entry_id),
    CONSTRAINT fk_register_key_entry_id FOREIGN KEY(entry_id) REFERENCES register_entry (id),
    CONSTRAINT fk_register_key_key_id FOREIGN KEY(key_id) REFERENCES data_key (id) ON DELETE SET NULL
)
--;
CREATE INDEX ix_register_key_key_id ON register_key (key_id)
--;
CREATE TABLE register_version (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    officer_id INTEGER,
    sign_in_id INTEGER,
    act VARCHAR(30) NOT NULL,
    at DATETIME NOT NULL,
    reported BOOLEAN,
    sealed BLOB NOT NULL,
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
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    officer_id INTEGER,
    sign_in_id INTEGER,
    aware_at DATETIME NOT NULL,
    reason BLOB,
    at DATETIME NOT NULL,
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
CREATE TRIGGER register_entry_is_append_only_update BEFORE UPDATE ON register_entry
BEGIN
    SELECT RAISE(ABORT, 'register_entry_is_append_only');
END
--;
CREATE TRIGGER register_entry_is_append_only_delete BEFORE DELETE ON register_entry
BEGIN
    SELECT RAISE(ABORT, 'register_entry_is_append_only');
END
--;
CREATE TRIGGER register_version_is_append_only_update BEFORE UPDATE ON register_version
BEGIN
    SELECT RAISE(ABORT, 'register_version_is_append_only');
END
--;
CREATE TRIGGER register_version_is_append_only_delete BEFORE DELETE ON register_version
BEGIN
    SELECT RAISE(ABORT, 'register_version_is_append_only');
END
--;
CREATE TRIGGER awareness_is_append_only_update BEFORE UPDATE ON awareness
BEGIN
    SELECT RAISE(ABORT, 'awareness_is_append_only');
END
--;
CREATE TRIGGER awareness_is_append_only_delete BEFORE DELETE ON awareness
BEGIN
    SELECT RAISE(ABORT, 'awareness_is_append_only');
END
