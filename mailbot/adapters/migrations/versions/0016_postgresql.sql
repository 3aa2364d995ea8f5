CREATE TABLE event_seal (
    board_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    seal BYTEA NOT NULL,
    CONSTRAINT pk_event_seal PRIMARY KEY (board_id, number),
    CONSTRAINT uq_event_seal_event_id UNIQUE (event_id),
    CONSTRAINT fk_event_seal_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE event_count (
    board_id BIGINT NOT NULL,
    since BIGINT NOT NULL,
    number BIGINT NOT NULL,
    event_id BIGINT,
    seal BYTEA,
    CONSTRAINT pk_event_count PRIMARY KEY (board_id),
    CONSTRAINT fk_event_count_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
INSERT INTO event_count (board_id, since, number)
SELECT id, coalesce((SELECT max(id) FROM event), 0), 0 FROM board
--;
CREATE TRIGGER event_seal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_seal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
