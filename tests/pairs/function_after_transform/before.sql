CREATE TYPE mood AS ENUM ('well', 'unwell');
CREATE FUNCTION mood_seen(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'prsd_lextype';
CREATE TRANSFORM FOR mood LANGUAGE plpgsql (FROM SQL WITH FUNCTION mood_seen(internal));
CREATE FUNCTION first_mood() RETURNS mood LANGUAGE plpgsql AS $$ BEGIN RETURN 'well'; END $$;
