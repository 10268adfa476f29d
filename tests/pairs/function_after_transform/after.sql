-- A function that is made while there is a transform for its type depends on it, up to PostgreSQL 17.
CREATE TYPE mood AS ENUM ('well', 'unwell');
CREATE FUNCTION mood_seen(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'prsd_lextype';
CREATE FUNCTION another_mood() RETURNS mood LANGUAGE plpgsql AS $$ BEGIN RETURN 'unwell'; END $$;
CREATE PROCEDURE set_mood(mood) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
