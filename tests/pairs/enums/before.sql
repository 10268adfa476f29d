CREATE SCHEMA "Moods";
CREATE TYPE mood AS ENUM ('sad', 'neutral', 'glad', 'gone');
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TYPE "Moods"."Sort" AS ENUM ('A', 'b''s');
CREATE TYPE color AS ENUM ('red', 'green');
CREATE DOMAIN good_mood AS mood DEFAULT 'glad' CHECK (VALUE > 'neutral'::mood);
CREATE DOMAIN moods AS mood[];
CREATE TYPE with_mood AS (m mood, n integer);
CREATE TABLE people (
  id integer PRIMARY KEY,
  mood mood NOT NULL DEFAULT 'neutral',
  past mood[] DEFAULT '{sad,glad}',
  best good_mood,
  all_moods moods,
  "both" with_mood,
  level level DEFAULT 'low',
  sort "Moods"."Sort",
  color color,
  is_glad boolean GENERATED ALWAYS AS (mood = 'glad'::mood) STORED,
  CONSTRAINT not_gone CHECK (mood <> 'gone'::mood),
  UNIQUE (mood, id)
);
CREATE INDEX people_glad ON people (id) WHERE mood = 'glad'::mood;
CREATE INDEX people_mood ON people (mood);
CREATE VIEW glad_people AS SELECT id, mood FROM people WHERE mood = 'glad'::mood;
CREATE VIEW over_glad AS SELECT * FROM glad_people;
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE POLICY glad_only ON people USING (mood = 'glad'::mood);
CREATE FUNCTION of_mood(m mood DEFAULT 'sad') RETURNS SETOF mood LANGUAGE sql AS 'SELECT m';
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER on_glad BEFORE UPDATE ON people FOR EACH ROW WHEN (NEW.mood = 'glad'::mood) EXECUTE FUNCTION touched();
CREATE TABLE of_people (mood mood, id integer, FOREIGN KEY (mood, id) REFERENCES people (mood, id));
COMMENT ON TYPE mood IS 'a mood';
COMMENT ON COLUMN people.mood IS 'how they are';
INSERT INTO people (id, mood, past, best, all_moods, "both", sort, level) VALUES (1, 'glad', '{sad,NULL,glad}', NULL, '{sad}', ROW('sad', 1), 'b''s', 'high');
INSERT INTO of_people VALUES ('glad', 1);
