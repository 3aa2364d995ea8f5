CREATE TABLE legal_hold (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    subject VARCHAR(40) NOT NULL,
    act VARCHAR(10) NOT NULL,
    at DATETIME NOT NULL,
    reason BLOB,
    officer_id INTEGER,
    sign_in_id INTEGER,
    CONSTRAINT pk_legal_hold PRIMARY KEY (id),
    CONSTRAINT legal_hold_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT legal_hold_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT legal_hold_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT legal_hold_act CHECK (act IN ('hold', 'release')),
    CONSTRAINT legal_hold_states_reason CHECK (reason IS NOT NULL AND length(reason) >= 38),
    CONSTRAINT fk_legal_hold_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_legal_hold_subject ON legal_hold (board_id, subject, id)
--;
CREATE TABLE looked (
    mail_id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    officer_id INTEGER,
    sign_in_id INTEGER,
    CONSTRAINT pk_looked PRIMARY KEY (mail_id),
    CONSTRAINT looked_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT looked_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT looked_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_looked_mail_id FOREIGN KEY(mail_id) REFERENCES raw_mail (id),
    CONSTRAINT fk_looked_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE purge_notice (
    board_id INTEGER NOT NULL,
    category VARCHAR(20) NOT NULL,
    subject VARCHAR(40) NOT NULL,
    shown_since DATE NOT NULL,
    CONSTRAINT pk_purge_notice PRIMARY KEY (board_id, category, subject),
    CONSTRAINT fk_purge_notice_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE purge_log (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    "plan" VARCHAR(40) NOT NULL,
    category VARCHAR(20) NOT NULL,
    subject VARCHAR(40) NOT NULL,
    kept_until DATE NOT NULL,
    mails INTEGER NOT NULL,
    server VARCHAR(20) NOT NULL,
    officer_id INTEGER,
    CONSTRAINT pk_purge_log PRIMARY KEY (id),
    CONSTRAINT purge_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT purge_log_server CHECK (server IN ('gone', 'none', 'not_set_up')),
    CONSTRAINT fk_purge_log_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_purge_log_board ON purge_log (board_id, id)
--;
CREATE INDEX ix_cases_key_id ON cases (key_id)
--;
CREATE INDEX ix_letter_key_id ON letter (key_id)
--;
CREATE INDEX ix_letter_mail_id ON letter (mail_id)
--;
CREATE INDEX ix_raw_mail_key_id ON raw_mail (key_id)
--;
CREATE TRIGGER legal_hold_is_append_only_update BEFORE UPDATE ON legal_hold
BEGIN
    SELECT RAISE(ABORT, 'legal_hold_is_append_only');
END
--;
CREATE TRIGGER legal_hold_is_append_only_delete BEFORE DELETE ON legal_hold
BEGIN
    SELECT RAISE(ABORT, 'legal_hold_is_append_only');
END
--;
CREATE TRIGGER legal_hold_is_append_only_replace BEFORE INSERT ON legal_hold
WHEN EXISTS (SELECT 1 FROM legal_hold WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'legal_hold_is_append_only');
END
--;
CREATE TRIGGER looked_is_append_only_update BEFORE UPDATE ON looked
BEGIN
    SELECT RAISE(ABORT, 'looked_is_append_only');
END
--;
CREATE TRIGGER looked_is_append_only_delete BEFORE DELETE ON looked
BEGIN
    SELECT RAISE(ABORT, 'looked_is_append_only');
END
--;
CREATE TRIGGER looked_is_append_only_replace BEFORE INSERT ON looked
WHEN EXISTS (SELECT 1 FROM looked WHERE mail_id = NEW.mail_id)
BEGIN
    SELECT RAISE(ABORT, 'looked_is_append_only');
END
--;
CREATE TRIGGER purge_log_is_append_only_update BEFORE UPDATE ON purge_log
BEGIN
    SELECT RAISE(ABORT, 'purge_log_is_append_only');
END
--;
CREATE TRIGGER purge_log_is_append_only_delete BEFORE DELETE ON purge_log
BEGIN
    SELECT RAISE(ABORT, 'purge_log_is_append_only');
END
--;
CREATE TRIGGER purge_log_is_append_only_replace BEFORE INSERT ON purge_log
WHEN EXISTS (SELECT 1 FROM purge_log WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'purge_log_is_append_only');
END
