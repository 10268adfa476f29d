-- roles: pw_reader
CREATE FUNCTION most(numeric[], integer) RETURNS numeric LANGUAGE sql AS 'SELECT 1::numeric';
CREATE AGGREGATE total (numeric) (SFUNC = numeric_add, STYPE = numeric);
