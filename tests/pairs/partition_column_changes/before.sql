CREATE TABLE reading (at date NOT NULL, gauge int, value int DEFAULT 0, note varchar(10), dropped text,
  CONSTRAINT sane CHECK (value > -100)) PARTITION BY RANGE (at);
CREATE TABLE reading_a PARTITION OF reading FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE reading_b PARTITION OF reading (value DEFAULT 7) FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (gauge);
CREATE TABLE reading_b1 PARTITION OF reading_b FOR VALUES IN (1);
CREATE INDEX reading_value ON reading (value);
CREATE VIEW readings AS SELECT at, value FROM reading_b1;
