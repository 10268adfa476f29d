CREATE ROLE guard_of_pull;
CREATE SCHEMA archive;
CREATE TYPE archive.state AS ENUM ('open', 'shut');
CREATE TABLE projects (id integer PRIMARY KEY, name varchar(40) NOT NULL, status text NOT NULL, state archive.state, tags text[], note text, code char(1) DEFAULT 'a', settings jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT named CHECK (length(name) > 0 AND (note IS NULL OR length(note) < 400)),
  CONSTRAINT known CHECK (code NOT IN ('x', 'y') AND NOT (status = 'shut' AND note IS NULL)),
  CONSTRAINT counted CHECK (jsonb_array_length(settings -> 'parts') > 1 OR settings ->> 'kind' = 'free'));
CREATE UNIQUE INDEX projects_name ON projects (lower(name)) WHERE status IN ('open', 'late') AND state <> 'shut';
CREATE INDEX projects_word ON projects (string_to_array(note, ' ')) WHERE tags @> '{a,b}' AND code <> 'z';
CREATE INDEX projects_sum ON projects ((coalesce(note, 'a'::text || 'b'::text)));
ALTER INDEX projects_word ALTER COLUMN 1 SET STATISTICS 300;
CREATE STATISTICS projects_together ON status, note FROM projects;
GRANT SELECT ON projects TO guard_of_pull;
CREATE TABLE archive.projects (id integer PRIMARY KEY, replaces integer REFERENCES public.projects);
CREATE TABLE migrations (id integer PRIMARY KEY);
CREATE TABLE documents (id integer PRIMARY KEY, migration integer REFERENCES migrations);
CREATE TABLE domains (id integer PRIMARY KEY);
CREATE TABLE "values" (id integer PRIMARY KEY, domain integer REFERENCES domains);
CREATE TABLE tables (id integer PRIMARY KEY, value integer REFERENCES "values");
CREATE SEQUENCE visits_number;
CREATE TABLE visits (number bigint PRIMARY KEY DEFAULT nextval('visits_number'));
CREATE SEQUENCE shared_number;
CREATE TABLE lefts (number bigint PRIMARY KEY DEFAULT nextval('shared_number'));
CREATE TABLE rights (number bigint PRIMARY KEY DEFAULT nextval('shared_number'));
GRANT USAGE ON SEQUENCE visits_number TO guard_of_pull;
CREATE PROCEDURE tidy() LANGUAGE sql AS 'DELETE FROM projects WHERE note IS NULL';
CREATE PROCEDURE tidy(integer) LANGUAGE sql AS 'DELETE FROM projects WHERE id = $1';
CREATE FUNCTION is_open(status text, state archive.state DEFAULT 'open') RETURNS boolean LANGUAGE sql AS $$ SELECT status = 'open' AND state = 'open' $$;
CREATE MATERIALIZED VIEW open_projects AS SELECT id, name FROM projects WHERE is_open(status);
CREATE INDEX open_projects_name ON open_projects (name);
COMMENT ON SCHEMA public IS 'What everybody sees';
GRANT CREATE ON SCHEMA public TO guard_of_pull;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER noted BEFORE UPDATE ON projects FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name AND NEW.status = 'open') EXECUTE FUNCTION noted();
ALTER TABLE projects DISABLE TRIGGER noted;
