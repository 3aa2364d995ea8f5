CREATE TABLE proof (
    id BIGSERIAL NOT NULL,
    board_id BIGINT NOT NULL,
    day DATE NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    seen INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    filed INTEGER NOT NULL,
    parked INTEGER NOT NULL,
    automatic INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    adds_up BOOLEAN NOT NULL,
    CONSTRAINT pk_proof PRIMARY KEY (id),
    CONSTRAINT uq_proof_board_id_day UNIQUE (board_id, day),
    CONSTRAINT fk_proof_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TRIGGER proof_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON proof
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
