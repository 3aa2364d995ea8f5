CREATE TABLE calendar_feed (
    officer_id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    token_hash BLOB NOT NULL,
    made_at DATETIME NOT NULL,
    CONSTRAINT pk_calendar_feed PRIMARY KEY (officer_id),
    CONSTRAINT calendar_feed_of_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT fk_calendar_feed_board_id FOREIGN KEY(board_id) REFERENCES board (id),
    CONSTRAINT uq_calendar_feed_token_hash UNIQUE (token_hash)
)
