CREATE TABLE base (id integer, name text);
CREATE VIEW shown AS SELECT id, name FROM base;
ALTER VIEW shown ALTER COLUMN name SET DEFAULT 'none';
ALTER VIEW shown ALTER COLUMN id SET DEFAULT 1;
