CREATE TABLE meter (id int PRIMARY KEY);
-- PostgreSQL pairs equal indexes in the order in which they were made, whatever they are called.
CREATE TABLE reading (
  day date NOT NULL,
  meter int REFERENCES meter,
  CONSTRAINT z_once UNIQUE (meter, day)
) PARTITION BY RANGE (day);
ALTER TABLE reading ADD CONSTRAINT a_once UNIQUE (meter, day);
CREATE INDEX z_by_meter ON reading (meter);
CREATE INDEX a_by_meter ON reading (meter);
CREATE TABLE reading_old PARTITION OF reading FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE reading_new PARTITION OF reading FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')
  PARTITION BY HASH (day);
CREATE TABLE reading_new_0 PARTITION OF reading_new FOR VALUES WITH (MODULUS 1, REMAINDER 0);
ALTER INDEX reading_old_meter_idx RENAME TO y_old;
ALTER INDEX reading_old_meter_idx1 RENAME TO b_old;
ALTER INDEX reading_new_0_meter_idx RENAME TO a_newest;
