CREATE TABLE assignment (
    case_id BIGINT NOT NULL,
    board_id BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_assignment PRIMARY KEY (case_id),
    CONSTRAINT assignment_of_its_case FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT assignment_to_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT fk_assignment_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_assignment_officer ON assignment (officer_id)
--;
CREATE TABLE page_open (
    case_id BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_page_open PRIMARY KEY (case_id, officer_id),
    CONSTRAINT fk_page_open_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_page_open_officer_id FOREIGN KEY(officer_id) REFERENCES officer (id)
)
--;
CREATE TABLE saved_view (
    id BIGSERIAL NOT NULL,
    board_id BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    name VARCHAR(60) NOT NULL,
    filters VARCHAR(400) NOT NULL,
    CONSTRAINT pk_saved_view PRIMARY KEY (id),
    CONSTRAINT uq_saved_view_officer_id_name UNIQUE (officer_id, name),
    CONSTRAINT saved_view_of_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT saved_view_has_a_name CHECK (length(trim(name)) > 0),
    CONSTRAINT fk_saved_view_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE case_word (
    word_hash BYTEA NOT NULL,
    case_id BIGINT NOT NULL,
    CONSTRAINT pk_case_word PRIMARY KEY (word_hash, case_id),
    CONSTRAINT fk_case_word_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
--;
CREATE INDEX ix_case_word_case ON case_word (case_id)
--;
CREATE INDEX ix_cases_open ON cases (board_id, ends_at, id) WHERE state != 'closed'
