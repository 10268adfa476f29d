CREATE TABLE coin (id int NOT NULL, mint int) PARTITION BY LIST (mint);
CREATE INDEX coin_id ON coin (id);
