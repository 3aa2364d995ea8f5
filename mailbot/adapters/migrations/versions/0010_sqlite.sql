CREATE TABLE case_merge (
    id INTEGER NOT NULL,
    board_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    into_id INTEGER NOT NULL,
    officer_id INTEGER,
    sign_in_id INTEGER,
    former_group INTEGER,
    regrouped VARCHAR(400) NOT NULL,
    reason BLOB,
    at DATETIME NOT NULL,
    CONSTRAINT pk_case_merge PRIMARY KEY (id),
    CONSTRAINT uq_case_merge_id_case_id_into_id UNIQUE (id, case_id, into_id),
    CONSTRAINT merge_of_two_cases CHECK (case_id <> into_id),
    CONSTRAINT merge_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT merge_states_reason CHECK (reason IS NOT NULL AND length(reason) >= 38),
    CONSTRAINT merge_of_its_board FOREIGN KEY(case_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT merge_within_its_board FOREIGN KEY(into_id, board_id) REFERENCES cases (id, board_id),
    CONSTRAINT merge_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT merge_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_case_merge_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_case_merge_case ON case_merge (case_id)
--;
CREATE TABLE merged_case (
    case_id INTEGER NOT NULL,
    into_id INTEGER NOT NULL,
    merge_id INTEGER NOT NULL,
    CONSTRAINT pk_merged_case PRIMARY KEY (case_id),
    CONSTRAINT merged_case_rests_on_merge FOREIGN KEY(merge_id, case_id, into_id) REFERENCES case_merge (id, case_id, into_id)
)
--;
CREATE INDEX ix_merged_case_into ON merged_case (into_id)
--;
CREATE TRIGGER case_merge_is_append_only_update BEFORE UPDATE ON case_merge
BEGIN
    SELECT RAISE(ABORT, 'case_merge_is_append_only');
END
--;
CREATE TRIGGER case_merge_is_append_only_delete BEFORE DELETE ON case_merge
BEGIN
    SELECT RAISE(ABORT, 'case_merge_is_append_only');
END
--;
CREATE TRIGGER case_merge_is_append_only_replace BEFORE INSERT ON case_merge
WHEN EXISTS (SELECT 1 FROM case_merge WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'case_merge_is_append_only');
END
