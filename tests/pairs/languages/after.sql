CREATE TRUSTED LANGUAGE tongue HANDLER plpgsql_call_handler VALIDATOR plpgsql_validator;
CREATE FUNCTION speaks() RETURNS integer LANGUAGE tongue AS 'BEGIN RETURN 2; END';
CREATE ACCESS METHOD heaps TYPE TABLE HANDLER heap_tableam_handler;
CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'prsd_lextype';
CREATE FUNCTION from_sql_too(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'prsd_lextype';
CREATE TRANSFORM FOR integer LANGUAGE tongue (FROM SQL WITH FUNCTION from_sql_too(internal));
