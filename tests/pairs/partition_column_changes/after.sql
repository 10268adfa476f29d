CREATE TABLE reading (at date NOT NULL, gauge int NOT NULL, value bigint DEFAULT 1, note varchar(20), added text DEFAULT 'x',
  CONSTRAINT sane CHECK (value > -1000), CONSTRAINT more CHECK (gauge > 0)) PARTITION BY RANGE (at);
CREATE TABLE reading_a PARTITION OF reading FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE reading_b PARTITION OF reading (value DEFAULT 7, added DEFAULT 'y') FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (gauge);
CREATE TABLE reading_b1 PARTITION OF reading_b FOR VALUES IN (1);
CREATE INDEX reading_value ON reading (value);
CREATE VIEW readings AS SELECT at, value FROM reading_b1;
COMMENT ON COLUMN reading_b1.added IS 'a comment of its own';
