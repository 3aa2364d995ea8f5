CREATE TABLE legal_hold (
    id BIGSERIAL NOT NULL,
    board_id BIGINT NOT NULL,
    subject VARCHAR(40) NOT NULL,
    act VARCHAR(10) NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason BYTEA,
    officer_id BIGINT,
    sign_in_id BIGINT,
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
    mail_id BIGINT NOT NULL,
    board_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    officer_id BIGINT,
    sign_in_id BIGINT,
    CONSTRAINT pk_looked PRIMARY KEY (mail_id),
    CONSTRAINT looked_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT looked_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT looked_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_looked_mail_id FOREIGN KEY(mail_id) REFERENCES raw_mail (id),
    CONSTRAINT fk_looked_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE purge_notice (
    board_id BIGINT NOT NULL,
    category VARCHAR(20) NOT NULL,
    subject VARCHAR(40) NOT NULL,
    shown_since DATE NOT NULL,
    CONSTRAINT pk_purge_notice PRIMARY KEY (board_id, category, subject),
    CONSTRAINT fk_purge_notice_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE purge_log (
    id BIGSERIAL NOT NULL,
    board_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    plan VARCHAR(40) NOT NULL,
    category VARCHAR(20) NOT NULL,
    subject VARCHAR(40) NOT NULL,
    kept_until DATE NOT NULL,
    mails INTEGER NOT NULL,
    server VARCHAR(20) NOT NULL,
    officer_id BIGINT,
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
CREATE TRIGGER legal_hold_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON legal_hold
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
--;
CREATE TRIGGER looked_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON looked
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
--;
CREATE TRIGGER purge_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON purge_log
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
