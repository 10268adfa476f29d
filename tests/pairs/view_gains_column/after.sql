CREATE TABLE person (id integer PRIMARY KEY, name text, born date, died date);
CREATE VIEW living WITH (security_barrier = true, check_option = local) AS SELECT id, name, born FROM person WHERE died IS NULL;
CREATE VIEW named AS SELECT id FROM living WHERE name IS NOT NULL;
CREATE VIEW swapped AS SELECT name, id FROM person;
CREATE RECURSIVE VIEW countdown (n) AS SELECT 5 UNION ALL SELECT n - 1 FROM countdown WHERE n > 0;
COMMENT ON COLUMN living.name IS 'as spoken';
