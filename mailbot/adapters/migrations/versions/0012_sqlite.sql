CREATE INDEX ix_case_act_subject ON case_act (subject, code)
--;
CREATE INDEX ix_case_flag_flag ON case_flag (flag, case_id)
