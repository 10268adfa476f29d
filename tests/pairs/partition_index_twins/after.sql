CREATE TABLE coin (id int NOT NULL, mint int) PARTITION BY LIST (mint);
CREATE INDEX coin_id ON coin (id);
ALTER TABLE coin ADD CONSTRAINT coin_once UNIQUE (id, mint);
CREATE TABLE coin_1 PARTITION OF coin FOR VALUES IN (1);
CREATE INDEX a_coin_1 ON coin_1 (id);
ALTER TABLE coin_1 ADD CONSTRAINT a_first PRIMARY KEY (id, mint);
