CREATE TABLE identity_look (
    mail_id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER,
    asked_at DATETIME NOT NULL,
    claimed_until DATETIME NOT NULL,
    tries INTEGER NOT NULL,
    looked_at DATETIME,
    parts VARCHAR(200) NOT NULL,
    CONSTRAINT pk_identity_look PRIMARY KEY (mail_id),
    CONSTRAINT fk_identity_look_mail_id FOREIGN KEY(mail_id) REFERENCES raw_mail (id),
    CONSTRAINT fk_identity_look_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_identity_look_waiting ON identity_look (board_id, looked_at, claimed_until)
