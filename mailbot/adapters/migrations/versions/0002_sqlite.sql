CREATE TABLE case_task (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    code VARCHAR(40) NOT NULL,
    laid_at DATETIME NOT NULL,
    CONSTRAINT pk_case_task PRIMARY KEY (id),
    CONSTRAINT uq_case_task_case_id_code UNIQUE (case_id, code),
    CONSTRAINT fk_case_task_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
--;
CREATE TABLE case_act (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    officer_id INTEGER,
    sign_in_id INTEGER,
    code VARCHAR(40) NOT NULL,
    subject VARCHAR(60) NOT NULL,
    choices VARCHAR(200) NOT NULL,
    day DATE,
    sealed BLOB,
    at DATETIME NOT NULL,
    CONSTRAINT pk_case_act PRIMARY KEY (id),
    CONSTRAINT act_states_reason CHECK (code NOT IN ('task_not_needed', 'recipient_not_told', 'flag_set', 'flag_cleared', 'officer_excluded', 'officer_admitted', 'opened_by_hand', 'receipt_corrected', 'deadline_set', 'late_notice', 'lift_announced', 'copy_released') OR (sealed IS NOT NULL AND length(sealed) >= 38)),
    CONSTRAINT case_act_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT case_act_of_its_board FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT case_act_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT case_act_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_case_act_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_case_act_case ON case_act (case_id, code)
--;
CREATE TABLE identity_record (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    officer_id INTEGER,
    sign_in_id INTEGER,
    how VARCHAR(40) NOT NULL,
    sealed BLOB,
    at DATETIME NOT NULL,
    CONSTRAINT pk_identity_record PRIMARY KEY (id),
    CONSTRAINT identity_record_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT identity_record_of_its_board FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT identity_record_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT identity_record_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_identity_record_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_identity_record_case ON identity_record (case_id)
--;
CREATE TABLE identity_copy (
    mail_id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER,
    found_at DATETIME NOT NULL,
    destroy_at DATETIME NOT NULL,
    destroyed_at DATETIME,
    server_gone_at DATETIME,
    CONSTRAINT pk_identity_copy PRIMARY KEY (mail_id),
    CONSTRAINT identity_copy_of_its_board FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT fk_identity_copy_mail_id FOREIGN KEY(mail_id) REFERENCES raw_mail (id),
    CONSTRAINT fk_identity_copy_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_identity_copy_case ON identity_copy (case_id)
--;
CREATE INDEX ix_identity_copy_due ON identity_copy (board_id, destroyed_at, destroy_at)
--;
CREATE TRIGGER case_act_is_append_only_update BEFORE UPDATE ON case_act
BEGIN
    SELECT RAISE(ABORT, 'case_act_is_append_only');
END
--;
CREATE TRIGGER case_act_is_append_only_delete BEFORE DELETE ON case_act
BEGIN
    SELECT RAISE(ABORT, 'case_act_is_append_only');
END
--;
CREATE TRIGGER case_act_is_append_only_replace BEFORE INSERT ON case_act
WHEN EXISTS (SELECT 1 FROM case_act WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'case_act_is_append_only');
END
--;
CREATE TRIGGER identity_record_is_append_only_update BEFORE UPDATE ON identity_record
BEGIN
    SELECT RAISE(ABORT, 'identity_record_is_append_only');
END
--;
CREATE TRIGGER identity_record_is_append_only_delete BEFORE DELETE ON identity_record
BEGIN
    SELECT RAISE(ABORT, 'identity_record_is_append_only');
END
--;
CREATE TRIGGER identity_record_is_append_only_replace BEFORE INSERT ON identity_record
WHEN EXISTS (SELECT 1 FROM identity_record WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'identity_record_is_append_only');
END
--;
CREATE TRIGGER disclosure_needs_identity BEFORE INSERT ON decision
WHEN NEW.outcome IN ('granted', 'partly')
    AND EXISTS (SELECT 1 FROM cases WHERE id = NEW.case_id AND kind IN ('access', 'portability'))
    AND NOT EXISTS (SELECT 1 FROM identity_record WHERE case_id = NEW.case_id)
BEGIN
    SELECT RAISE(ABORT, 'disclosure_needs_identity');
END
