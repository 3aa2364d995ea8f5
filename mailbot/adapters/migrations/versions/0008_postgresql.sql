CREATE TABLE identity_look (
    mail_id BIGINT NOT NULL,
    board_id BIGINT NOT NULL,
    case_id BIGINT,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    claimed_until TIMESTAMP WITH TIME ZONE NOT NULL,
    tries BIGINT NOT NULL,
    looked_at TIMESTAMP WITH TIME ZONE,
    parts VARCHAR(200) NOT NULL,
    CONSTRAINT pk_identity_look PRIMARY KEY (mail_id),
    CONSTRAINT fk_identity_look_mail_id FOREIGN KEY(mail_id) REFERENCES raw_mail (id),
    CONSTRAINT fk_identity_look_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_identity_look_waiting ON identity_look (board_id, looked_at, claimed_until)
