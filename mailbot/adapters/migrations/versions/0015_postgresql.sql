CREATE INDEX ix_cases_open_kind ON cases (board_id, kind, ends_at, id) WHERE state != 'closed'
--;
CREATE INDEX ix_cases_open_language ON cases (board_id, language, ends_at, id) WHERE state != 'closed'
--;
CREATE INDEX ix_cases_unconfirmed ON cases (board_id, ends_at, id) WHERE state != 'closed' AND confirmed_by IS NULL
