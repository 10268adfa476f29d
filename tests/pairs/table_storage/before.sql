CREATE TABLE plain (id integer PRIMARY KEY, body text);
CREATE TABLE tuned (id integer PRIMARY KEY, body text) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
CREATE UNLOGGED TABLE fast (id integer);
