CREATE TABLE case_merge (
    id BIGSERIAL NOT NULL,
    board_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    into_id BIGINT NOT NULL,
    officer_id BIGINT,
    sign_in_id BIGINT,
    former_group BIGINT,
    regrouped VARCHAR(400) NOT NULL,
    reason BYTEA,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
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
    case_id BIGINT NOT NULL,
    into_id BIGINT NOT NULL,
    merge_id BIGINT NOT NULL,
    CONSTRAINT pk_merged_case PRIMARY KEY (case_id),
    CONSTRAINT merged_case_rests_on_merge FOREIGN KEY(merge_id, case_id, into_id) REFERENCES case_merge (id, case_id, into_id)
)
--;
CREATE INDEX ix_merged_case_into ON merged_case (into_id)
--;
CREATE TRIGGER case_merge_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_merge
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
