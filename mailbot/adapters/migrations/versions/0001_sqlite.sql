CREATE TABLE alarm (
    id INTEGER NOT NULL,
    code VARCHAR(60) NOT NULL,
    subject VARCHAR(100) NOT NULL,
    raised_at DATETIME NOT NULL,
    cleared_at DATETIME,
    CONSTRAINT pk_alarm PRIMARY KEY (id)
)
--;
CREATE INDEX ix_alarm_open ON alarm (code, subject, cleared_at)
--;
CREATE TABLE board (
    id INTEGER NOT NULL,
    code VARCHAR(40) NOT NULL,
    CONSTRAINT pk_board PRIMARY KEY (id),
    CONSTRAINT uq_board_code UNIQUE (code)
)
--;
CREATE TABLE data_key (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    master_id VARCHAR(16) NOT NULL,
    created_at DATETIME NOT NULL,
    CONSTRAINT pk_data_key PRIMARY KEY (id),
    CONSTRAINT fk_data_key_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_data_key_board_id ON data_key (board_id)
--;
CREATE INDEX ix_data_key_master_id ON data_key (master_id)
--;
CREATE TABLE mailbox (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    name VARCHAR(100) NOT NULL,
    leased_by VARCHAR(60),
    leased_until DATETIME,
    reached_at DATETIME,
    CONSTRAINT pk_mailbox PRIMARY KEY (id),
    CONSTRAINT fk_mailbox_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT uq_mailbox_name UNIQUE (name)
)
--;
CREATE INDEX ix_mailbox_board_id ON mailbox (board_id)
--;
CREATE TABLE officer (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    address VARCHAR(320) NOT NULL,
    name VARCHAR(200) NOT NULL,
    role VARCHAR(20) NOT NULL,
    password_hash TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    created_at DATETIME NOT NULL,
    CONSTRAINT pk_officer PRIMARY KEY (id),
    CONSTRAINT uq_officer_board_id_address UNIQUE (board_id, address),
    CONSTRAINT uq_officer_id_board_id UNIQUE (id, board_id),
    CONSTRAINT officer_role CHECK (role IN ('fg', 'board', 'handler', 'admin')),
    CONSTRAINT fk_officer_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_officer_board_id ON officer (board_id)
--;
CREATE TABLE reference_counter (
    board_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_reference_counter PRIMARY KEY (board_id, year),
    CONSTRAINT fk_reference_counter_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE folder_mark (
    mailbox_id INTEGER NOT NULL,
    folder VARCHAR(500) NOT NULL,
    uidvalidity BIGINT NOT NULL,
    seen_up_to BIGINT NOT NULL,
    CONSTRAINT pk_folder_mark PRIMARY KEY (mailbox_id, folder, uidvalidity),
    CONSTRAINT fk_folder_mark_mailbox_id FOREIGN KEY(mailbox_id) REFERENCES mailbox (id)
)
--;
CREATE TABLE raw_mail (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    key_id INTEGER,
    content_hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    truncated BOOLEAN NOT NULL,
    silent BOOLEAN NOT NULL,
    received_at DATETIME NOT NULL,
    stored_at DATETIME NOT NULL,
    sealed BLOB,
    state VARCHAR(20) NOT NULL,
    tries INTEGER NOT NULL,
    reason VARCHAR(200),
    claimed_by VARCHAR(60),
    claimed_until DATETIME,
    CONSTRAINT pk_raw_mail PRIMARY KEY (id),
    CONSTRAINT uq_raw_mail_board_id_content_hash UNIQUE (board_id, content_hash),
    CONSTRAINT raw_mail_state CHECK (state IN ('stored', 'worked', 'quarantined')),
    CONSTRAINT fk_raw_mail_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT fk_raw_mail_key_id FOREIGN KEY(key_id) REFERENCES data_key (id) ON DELETE SET NULL
)
--;
CREATE INDEX ix_raw_mail_board_id ON raw_mail (board_id)
--;
CREATE INDEX ix_raw_mail_waiting ON raw_mail (state, claimed_until, id)
--;
CREATE TABLE sign_in (
    id INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    door VARCHAR(20) NOT NULL,
    CONSTRAINT pk_sign_in PRIMARY KEY (id),
    CONSTRAINT uq_sign_in_id_officer_id UNIQUE (id, officer_id),
    CONSTRAINT fk_sign_in_officer_id FOREIGN KEY(officer_id) REFERENCES officer (id)
)
--;
CREATE INDEX ix_sign_in_officer_id ON sign_in (officer_id)
--;
CREATE TABLE cases (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    key_id INTEGER,
    reference VARCHAR(40) NOT NULL,
    kind VARCHAR(40),
    suggested_kind VARCHAR(40),
    confidence FLOAT NOT NULL,
    confirmed_by INTEGER,
    confirmed_at DATETIME,
    state VARCHAR(20) NOT NULL,
    urgent BOOLEAN NOT NULL,
    language VARCHAR(3) NOT NULL,
    received_at DATETIME NOT NULL,
    received_on DATE NOT NULL,
    due_on DATE,
    working_target DATE,
    cap_on DATE,
    ends_at DATETIME,
    aware_at DATETIME,
    opened_at DATETIME NOT NULL,
    mail_id INTEGER,
    group_id INTEGER,
    token_hash BLOB NOT NULL,
    sealed BLOB,
    closure_id INTEGER,
    CONSTRAINT pk_cases PRIMARY KEY (id),
    CONSTRAINT uq_cases_id_board_id UNIQUE (id, board_id),
    CONSTRAINT case_state CHECK (state IN ('received', 'in_handling', 'closed')),
    CONSTRAINT closure_rests_on_decision CHECK (state <> 'closed' OR closure_id IS NOT NULL),
    CONSTRAINT due_within_cap CHECK (due_on IS NULL OR due_on <= cap_on),
    CONSTRAINT confirmation_needs_officer CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CONSTRAINT closure_of_its_case FOREIGN KEY(closure_id, id) REFERENCES closure (id, case_id),
    CONSTRAINT fk_cases_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT fk_cases_key_id FOREIGN KEY(key_id) REFERENCES data_key (id) ON DELETE SET NULL,
    CONSTRAINT uq_cases_reference UNIQUE (reference),
    CONSTRAINT fk_cases_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES officer (id),
    CONSTRAINT fk_cases_mail_id FOREIGN KEY(mail_id) REFERENCES raw_mail (id),
    CONSTRAINT uq_cases_token_hash UNIQUE (token_hash)
)
--;
CREATE INDEX ix_cases_board_id ON cases (board_id)
--;
CREATE INDEX ix_cases_group_id ON cases (group_id)
--;
CREATE INDEX ix_cases_mail_id ON cases (mail_id)
--;
CREATE INDEX ix_cases_queue ON cases (board_id, state, ends_at)
--;
CREATE TABLE sighting (
    id INTEGER NOT NULL,
    mailbox_id INTEGER NOT NULL,
    folder VARCHAR(500) NOT NULL,
    uidvalidity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    raw_id INTEGER NOT NULL,
    seen_at DATETIME NOT NULL,
    marked BOOLEAN NOT NULL,
    CONSTRAINT pk_sighting PRIMARY KEY (id),
    CONSTRAINT uq_sighting_mailbox_id_folder_uidvalidity_uid UNIQUE (mailbox_id, folder, uidvalidity, uid),
    CONSTRAINT fk_sighting_mailbox_id FOREIGN KEY(mailbox_id) REFERENCES mailbox (id),
    CONSTRAINT fk_sighting_raw_id FOREIGN KEY(raw_id) REFERENCES raw_mail (id)
)
--;
CREATE INDEX ix_sighting_raw_id ON sighting (raw_id)
--;
CREATE INDEX ix_sighting_unmarked ON sighting (mailbox_id, folder, marked)
--;
CREATE TABLE case_address (
    case_id INTEGER NOT NULL,
    address_hash BLOB NOT NULL,
    CONSTRAINT pk_case_address PRIMARY KEY (case_id, address_hash),
    CONSTRAINT fk_case_address_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
--;
CREATE INDEX ix_case_address_address_hash ON case_address (address_hash)
--;
CREATE TABLE case_flag (
    case_id INTEGER NOT NULL,
    flag VARCHAR(40) NOT NULL,
    CONSTRAINT pk_case_flag PRIMARY KEY (case_id, flag),
    CONSTRAINT fk_case_flag_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
--;
CREATE TABLE decision (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    officer_id INTEGER,
    sign_in_id INTEGER,
    outcome VARCHAR(30) NOT NULL,
    grounds BLOB,
    at DATETIME NOT NULL,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT uq_decision_id_case_id UNIQUE (id, case_id),
    CONSTRAINT decision_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT decision_states_grounds CHECK (grounds IS NOT NULL AND length(grounds) >= 38),
    CONSTRAINT decision_outcome CHECK (outcome IN ('granted', 'partly', 'refused', 'refused_for_safety', 'withdrawn', 'handled')),
    CONSTRAINT decision_of_its_board FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT decision_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT decision_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_decision_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_decision_board_id ON decision (board_id)
--;
CREATE INDEX ix_decision_case ON decision (case_id)
--;
CREATE TABLE event (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER,
    mail_id INTEGER,
    officer_id INTEGER,
    at DATETIME NOT NULL,
    kind VARCHAR(60) NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY (id),
    CONSTRAINT fk_event_case_id_board_id FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT fk_event_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT fk_event_officer_id FOREIGN KEY(officer_id) REFERENCES officer (id)
)
--;
CREATE INDEX ix_event_board_id ON event (board_id)
--;
CREATE INDEX ix_event_case_id ON event (case_id)
--;
CREATE INDEX ix_event_mail_id ON event (mail_id)
--;
CREATE TABLE extension (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    officer_id INTEGER,
    sign_in_id INTEGER,
    old_due DATE NOT NULL,
    new_due DATE NOT NULL,
    cap_on DATE NOT NULL,
    reason BLOB,
    at DATETIME NOT NULL,
    CONSTRAINT pk_extension PRIMARY KEY (id),
    CONSTRAINT uq_extension_id_case_id UNIQUE (id, case_id),
    CONSTRAINT extension_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT extension_states_reason CHECK (reason IS NOT NULL AND length(reason) >= 38),
    CONSTRAINT extension_within_cap CHECK (new_due > old_due AND new_due <= cap_on),
    CONSTRAINT extension_of_its_board FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT extension_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT extension_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_extension_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_extension_board_id ON extension (board_id)
--;
CREATE INDEX ix_extension_case ON extension (case_id)
--;
CREATE TABLE fact (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    mail_id INTEGER,
    name VARCHAR(40) NOT NULL,
    sealed BLOB,
    confirmed_by INTEGER,
    CONSTRAINT pk_fact PRIMARY KEY (id),
    CONSTRAINT fk_fact_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_fact_mail_id FOREIGN KEY(mail_id) REFERENCES raw_mail (id),
    CONSTRAINT fk_fact_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES officer (id)
)
--;
CREATE INDEX ix_fact_case_id ON fact (case_id)
--;
CREATE TABLE mail (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER,
    outcome VARCHAR(20) NOT NULL,
    route VARCHAR(20) NOT NULL,
    reason VARCHAR(60),
    language VARCHAR(3) NOT NULL,
    sender_hash BLOB,
    message_id_hash BLOB,
    verified BOOLEAN NOT NULL,
    waits BOOLEAN NOT NULL,
    classifier VARCHAR(60) NOT NULL,
    worked_at DATETIME NOT NULL,
    sealed BLOB,
    CONSTRAINT pk_mail PRIMARY KEY (id),
    CONSTRAINT fk_mail_case_id_board_id FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT mail_outcome CHECK (outcome IN ('opened', 'filed', 'automatic', 'other')),
    CONSTRAINT fk_mail_id FOREIGN KEY(id) REFERENCES raw_mail (id),
    CONSTRAINT fk_mail_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_mail_board_id ON mail (board_id)
--;
CREATE INDEX ix_mail_case ON mail (case_id)
--;
CREATE INDEX ix_mail_message_id_hash ON mail (message_id_hash)
--;
CREATE INDEX ix_mail_sender_hash ON mail (sender_hash)
--;
CREATE INDEX ix_mail_waits ON mail (board_id, waits)
--;
CREATE TABLE note (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    sealed BLOB,
    CONSTRAINT pk_note PRIMARY KEY (id),
    CONSTRAINT fk_note_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_note_officer_id FOREIGN KEY(officer_id) REFERENCES officer (id)
)
--;
CREATE INDEX ix_note_case_id ON note (case_id)
--;
CREATE TABLE reminder (
    case_id INTEGER NOT NULL,
    deadline VARCHAR(40) NOT NULL,
    step VARCHAR(40) NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_reminder PRIMARY KEY (case_id, deadline, step),
    CONSTRAINT fk_reminder_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
--;
CREATE TABLE closure (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    decision_id INTEGER,
    at DATETIME NOT NULL,
    CONSTRAINT pk_closure PRIMARY KEY (id),
    CONSTRAINT uq_closure_id_case_id UNIQUE (id, case_id),
    CONSTRAINT closure_needs_decision CHECK (decision_id IS NOT NULL),
    CONSTRAINT closure_rests_on_decision_of_its_case FOREIGN KEY(decision_id, case_id) REFERENCES decision (id, case_id)
)
--;
CREATE TABLE letter (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    key_id INTEGER,
    case_id INTEGER,
    code VARCHAR(40) NOT NULL,
    language VARCHAR(3) NOT NULL,
    mail_id INTEGER,
    decision_id INTEGER,
    extension_id INTEGER,
    officer_id INTEGER,
    mark VARCHAR(32) NOT NULL,
    recipient_hash BLOB NOT NULL,
    message_id_hash BLOB NOT NULL,
    sealed BLOB,
    state VARCHAR(20) NOT NULL,
    hold_reason VARCHAR(60),
    tries INTEGER NOT NULL,
    next_try_at DATETIME NOT NULL,
    claimed_by VARCHAR(60),
    claimed_until DATETIME,
    written_at DATETIME NOT NULL,
    accepted_at DATETIME,
    reply_code INTEGER,
    CONSTRAINT pk_letter PRIMARY KEY (id),
    CONSTRAINT fk_letter_case_id_board_id FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT letter_state CHECK (state IN ('waiting', 'held', 'sending', 'sent', 'refused', 'bounced')),
    CONSTRAINT substantive_letter_needs_decision CHECK (code NOT IN ('decision_granted', 'decision_refused', 'decision_safety', 'breach_parents') OR decision_id IS NOT NULL),
    CONSTRAINT extension_notice_needs_extension CHECK (code <> 'extension_notice' OR extension_id IS NOT NULL),
    CONSTRAINT decided_letter_names_its_case CHECK ((decision_id IS NULL AND extension_id IS NULL) OR case_id IS NOT NULL),
    CONSTRAINT letter_rests_on_decision_of_its_case FOREIGN KEY(decision_id, case_id) REFERENCES decision (id, case_id),
    CONSTRAINT notice_rests_on_extension_of_its_case FOREIGN KEY(extension_id, case_id) REFERENCES extension (id, case_id),
    CONSTRAINT fk_letter_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT fk_letter_key_id FOREIGN KEY(key_id) REFERENCES data_key (id) ON DELETE SET NULL,
    CONSTRAINT fk_letter_mail_id FOREIGN KEY(mail_id) REFERENCES raw_mail (id),
    CONSTRAINT fk_letter_officer_id FOREIGN KEY(officer_id) REFERENCES officer (id),
    CONSTRAINT uq_letter_mark UNIQUE (mark),
    CONSTRAINT uq_letter_message_id_hash UNIQUE (message_id_hash)
)
--;
CREATE INDEX ix_letter_board_id ON letter (board_id)
--;
CREATE INDEX ix_letter_case ON letter (case_id)
--;
CREATE INDEX ix_letter_recipient ON letter (recipient_hash, written_at)
--;
CREATE INDEX ix_letter_waiting ON letter (state, next_try_at)
--;
CREATE UNIQUE INDEX one_acknowledgement_per_case ON letter (case_id) WHERE code LIKE 'ack#_%' ESCAPE '#'
--;
CREATE UNIQUE INDEX one_acknowledgement_per_mail ON letter (mail_id) WHERE code LIKE 'ack#_%' ESCAPE '#'
--;
CREATE TRIGGER decision_is_append_only_update BEFORE UPDATE ON decision
BEGIN
    SELECT RAISE(ABORT, 'decision_is_append_only');
END
--;
CREATE TRIGGER decision_is_append_only_delete BEFORE DELETE ON decision
BEGIN
    SELECT RAISE(ABORT, 'decision_is_append_only');
END
--;
CREATE TRIGGER event_is_append_only_update BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'event_is_append_only');
END
--;
CREATE TRIGGER event_is_append_only_delete BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'event_is_append_only');
END
--;
CREATE TRIGGER closure_is_append_only_update BEFORE UPDATE ON closure
BEGIN
    SELECT RAISE(ABORT, 'closure_is_append_only');
END
--;
CREATE TRIGGER closure_is_append_only_delete BEFORE DELETE ON closure
BEGIN
    SELECT RAISE(ABORT, 'closure_is_append_only');
END
--;
CREATE TRIGGER extension_is_append_only_update BEFORE UPDATE ON extension
BEGIN
    SELECT RAISE(ABORT, 'extension_is_append_only');
END
--;
CREATE TRIGGER extension_is_append_only_delete BEFORE DELETE ON extension
BEGIN
    SELECT RAISE(ABORT, 'extension_is_append_only');
END
--;
CREATE TRIGGER sign_in_is_append_only_update BEFORE UPDATE ON sign_in
BEGIN
    SELECT RAISE(ABORT, 'sign_in_is_append_only');
END
--;
CREATE TRIGGER sign_in_is_append_only_delete BEFORE DELETE ON sign_in
BEGIN
    SELECT RAISE(ABORT, 'sign_in_is_append_only');
END
--;
CREATE TRIGGER decision_is_append_only_replace BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'decision_is_append_only');
END
--;
CREATE TRIGGER event_is_append_only_replace BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'event_is_append_only');
END
--;
CREATE TRIGGER closure_is_append_only_replace BEFORE INSERT ON closure
WHEN EXISTS (SELECT 1 FROM closure WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'closure_is_append_only');
END
--;
CREATE TRIGGER extension_is_append_only_replace BEFORE INSERT ON extension
WHEN EXISTS (SELECT 1 FROM extension WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'extension_is_append_only');
END
--;
CREATE TRIGGER sign_in_is_append_only_replace BEFORE INSERT ON sign_in
WHEN EXISTS (SELECT 1 FROM sign_in WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'sign_in_is_append_only');
END
