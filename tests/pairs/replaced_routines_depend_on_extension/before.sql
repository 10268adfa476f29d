-- What is replaced forgets on which extension it depends.
CREATE TABLE tasks (id integer);
CREATE FUNCTION double(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * n';
CREATE PROCEDURE forget(n integer) LANGUAGE sql AS 'DELETE FROM tasks WHERE id = n';
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER stamped BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION stamp();
ALTER FUNCTION double(integer) DEPENDS ON EXTENSION plpgsql;
ALTER PROCEDURE forget(integer) DEPENDS ON EXTENSION plpgsql;
ALTER TRIGGER stamped ON tasks DEPENDS ON EXTENSION plpgsql;
