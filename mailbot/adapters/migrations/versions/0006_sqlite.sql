CREATE TABLE proof (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    day DATE NOT NULL,
    since DATETIME NOT NULL,
    until DATETIME NOT NULL,
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
CREATE TRIGGER proof_is_append_only_update BEFORE UPDATE ON proof
BEGIN
    SELECT RAISE(ABORT, 'proof_is_append_only');
END
--;
CREATE TRIGGER proof_is_append_only_delete BEFORE DELETE ON proof
BEGIN
    SELECT RAISE(ABORT, 'proof_is_append_only');
END
--;
CREATE TRIGGER proof_is_append_only_replace BEFORE INSERT ON proof
WHEN EXISTS (SELECT 1 FROM proof WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'proof_is_append_only');
END
