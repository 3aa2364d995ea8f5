CREATE TABLE draft (
    case_id INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    act VARCHAR(60) NOT NULL,
    board_id INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (case_id, officer_id, act),
    CONSTRAINT draft_of_its_case FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT draft_of_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT fk_draft_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
