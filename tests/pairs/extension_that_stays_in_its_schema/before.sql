CREATE SCHEMA tools;
CREATE EXTENSION xml2 SCHEMA tools;
CREATE FUNCTION is_sound(text) RETURNS boolean LANGUAGE sql AS 'SELECT tools.xml_valid($1)';
CREATE VIEW sound AS SELECT tools.xml_valid('<a/>') AS is_sound;
