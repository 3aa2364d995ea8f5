CREATE TABLE passage_act (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    passage VARCHAR(40) NOT NULL,
    act VARCHAR(10) NOT NULL,
    language VARCHAR(8),
    words TEXT,
    reason TEXT NOT NULL,
    at DATETIME NOT NULL,
    officer_id INTEGER,
    sign_in_id INTEGER,
    CONSTRAINT pk_passage_act PRIMARY KEY (id),
    CONSTRAINT passage_act_act CHECK (act IN ('take_out', 'put_back', 'correct', 'restore')),
    CONSTRAINT passage_act_states_reason CHECK (length(trim(reason)) >= 10),
    CONSTRAINT passage_correction_has_words CHECK ((act = 'correct') = (words IS NOT NULL AND language IS NOT NULL)),
    CONSTRAINT passage_act_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT passage_act_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT passage_act_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_passage_act_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_passage_act_passage ON passage_act (board_id, passage, id)
--;
CREATE TABLE answered_question (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    mail_id INTEGER NOT NULL,
    letter_id INTEGER NOT NULL,
    passage VARCHAR(40) NOT NULL,
    language VARCHAR(8) NOT NULL,
    act_id INTEGER,
    at DATETIME NOT NULL,
    CONSTRAINT pk_answered_question PRIMARY KEY (id),
    CONSTRAINT uq_answered_question_mail_id UNIQUE (mail_id),
    CONSTRAINT answered_question_of_its_case FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT fk_answered_question_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT fk_answered_question_mail_id FOREIGN KEY(mail_id) REFERENCES raw_mail (id),
    CONSTRAINT fk_answered_question_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id),
    CONSTRAINT fk_answered_question_act_id FOREIGN KEY(act_id) REFERENCES passage_act (id)
)
--;
CREATE INDEX ix_answered_question_at ON answered_question (board_id, at)
--;
CREATE TRIGGER passage_act_is_append_only_update BEFORE UPDATE ON passage_act
BEGIN
    SELECT RAISE(ABORT, 'passage_act_is_append_only');
END
--;
CREATE TRIGGER passage_act_is_append_only_delete BEFORE DELETE ON passage_act
BEGIN
    SELECT RAISE(ABORT, 'passage_act_is_append_only');
END
--;
CREATE TRIGGER passage_act_is_append_only_replace BEFORE INSERT ON passage_act
WHEN EXISTS (SELECT 1 FROM passage_act WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'passage_act_is_append_only');
END
--;
CREATE TRIGGER answered_question_is_append_only_update BEFORE UPDATE ON answered_question
BEGIN
    SELECT RAISE(ABORT, 'answered_question_is_append_only');
END
--;
CREATE TRIGGER answered_question_is_append_only_delete BEFORE DELETE ON answered_question
BEGIN
    SELECT RAISE(ABORT, 'answered_question_is_append_only');
END
--;
CREATE TRIGGER answered_question_is_append_only_replace BEFORE INSERT ON answered_question
WHEN EXISTS (SELECT 1 FROM answered_question WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'answered_question_is_append_only');
END
