CREATE TABLE model_act (
    id BIGSERIAL NOT NULL,
    board_id BIGINT NOT NULL,
    act VARCHAR(10) NOT NULL,
    model VARCHAR(64),
    reason TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    officer_id BIGINT,
    sign_in_id BIGINT,
    CONSTRAINT pk_model_act PRIMARY KEY (id),
    CONSTRAINT model_act_act CHECK (act IN ('install', 'back')),
    CONSTRAINT installed_model_is_named_by_its_hash CHECK (act <> 'install' OR model IS NOT NULL),
    CONSTRAINT model_act_hash_is_whole CHECK (model IS NULL OR length(model) = 64),
    CONSTRAINT model_act_states_reason CHECK (length(trim(reason)) >= 10),
    CONSTRAINT model_act_needs_officer CHECK (officer_id IS NOT NULL AND sign_in_id IS NOT NULL),
    CONSTRAINT model_act_by_officer_of_its_board FOREIGN KEY(officer_id, board_id) REFERENCES officer (id, board_id),
    CONSTRAINT model_act_in_own_sign_in FOREIGN KEY(sign_in_id, officer_id) REFERENCES sign_in (id, officer_id),
    CONSTRAINT fk_model_act_board_id FOREIGN KEY(board_id) REFERENCES board (id)
)
--;
CREATE INDEX ix_model_act_board ON model_act (board_id, id)
--;
CREATE TRIGGER model_act_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON model_act
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
