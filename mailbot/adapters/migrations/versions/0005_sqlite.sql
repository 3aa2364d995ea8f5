CREATE TABLE web_session (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    token_hash BLOB NOT NULL,
    stage VARCHAR(10) NOT NULL,
    door VARCHAR(20) NOT NULL,
    sign_in_id INTEGER,
    started_at DATETIME NOT NULL,
    seen_at DATETIME NOT NULL,
    CONSTRAINT pk_web_session PRIMARY KEY (id),
    CONSTRAINT web_session_of_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT web_session_stage CHECK (stage IN ('first', 'full')),
    CONSTRAINT full_session_needs_sign_in CHECK (stage <> 'full' OR sign_in_id IS NOT NULL),
    CONSTRAINT web_session_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_web_session_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT uq_web_session_token_hash UNIQUE (token_hash)
)
--;
CREATE INDEX ix_web_session_officer ON web_session (officer_id)
--;
CREATE TABLE one_time_seed (
    officer_id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    key_id INTEGER,
    sealed BLOB,
    made_at DATETIME NOT NULL,
    confirmed_at DATETIME,
    last_step BIGINT,
    CONSTRAINT pk_one_time_seed PRIMARY KEY (officer_id),
    CONSTRAINT one_time_seed_of_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT fk_one_time_seed_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT fk_one_time_seed_key_id FOREIGN KEY(key_id) REFERENCES data_key (id) ON DELETE SET NULL
)
--;
CREATE TABLE passkey (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    credential_id BLOB NOT NULL,
    public_key BLOB NOT NULL,
    sign_count BIGINT NOT NULL,
    name VARCHAR(60) NOT NULL,
    added_at DATETIME NOT NULL,
    used_at DATETIME,
    CONSTRAINT pk_passkey PRIMARY KEY (id),
    CONSTRAINT passkey_of_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT fk_passkey_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT uq_passkey_credential_id UNIQUE (credential_id)
)
--;
CREATE INDEX ix_passkey_officer ON passkey (officer_id)
--;
CREATE TABLE recovery_code (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    code_hash BLOB NOT NULL,
    made_at DATETIME NOT NULL,
    used_at DATETIME,
    CONSTRAINT pk_recovery_code PRIMARY KEY (id),
    CONSTRAINT recovery_code_of_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT uq_recovery_code_officer_id_code_hash UNIQUE (officer_id, code_hash),
    CONSTRAINT fk_recovery_code_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE outside_account (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    issuer VARCHAR(300) NOT NULL,
    subject_hash BLOB NOT NULL,
    bound_at DATETIME NOT NULL,
    CONSTRAINT pk_outside_account PRIMARY KEY (id),
    CONSTRAINT outside_account_of_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT uq_outside_account_officer_id_issuer UNIQUE (officer_id, issuer),
    CONSTRAINT fk_outside_account_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE challenge (
    token_hash BLOB NOT NULL,
    purpose VARCHAR(20) NOT NULL,
    words TEXT NOT NULL,
    ends_at DATETIME NOT NULL,
    CONSTRAINT pk_challenge PRIMARY KEY (token_hash, purpose)
)
--;
CREATE TABLE failed_try (
    subject_hash BLOB NOT NULL,
    failures INTEGER NOT NULL,
    last_at DATETIME NOT NULL,
    free_at DATETIME NOT NULL,
    CONSTRAINT pk_failed_try PRIMARY KEY (subject_hash)
)
