CREATE TABLE event_seal (
    board_id INTEGER NOT NULL,
    number BIGINT NOT NULL,
    event_id INTEGER NOT NULL,
    seal BLOB NOT NULL,
    CONSTRAINT pk_event_seal PRIMARY KEY (board_id, number),
    CONSTRAINT uq_event_seal_event_id UNIQUE (event_id),
    CONSTRAINT fk_event_seal_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE TABLE event_count (
    board_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    number BIGINT NOT NULL,
    event_id INTEGER,
    seal BLOB,
    CONSTRAINT pk_event_count PRIMARY KEY (board_id),
    CONSTRAINT fk_event_count_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
INSERT INTO event_count (board_id, since, number)
SELECT id, coalesce((SELECT max(id) FROM event), 0), 0 FROM board
--;
CREATE TRIGGER event_seal_is_append_only_update BEFORE UPDATE ON event_seal
BEGIN
    SELECT RAISE(ABORT, 'event_seal_is_append_only');
END
--;
CREATE TRIGGER event_seal_is_append_only_delete BEFORE DELETE ON event_seal
BEGIN
    SELECT RAISE(ABORT, 'event_seal_is_append_only');
END
--;
CREATE TRIGGER event_seal_is_append_only_replace BEFORE INSERT ON event_seal
WHEN EXISTS (SELECT 1 FROM event_seal WHERE board_id = NEW.board_id AND number = NEW.number)
BEGIN
    SELECT RAISE(ABORT, 'event_seal_is_append_only');
END
