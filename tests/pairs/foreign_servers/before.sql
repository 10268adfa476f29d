-- roles: pw_reader
CREATE FOREIGN DATA WRAPPER post OPTIONS (tone 'soft', speed '1');
CREATE SERVER north TYPE 'mill' VERSION '1' FOREIGN DATA WRAPPER post OPTIONS (host 'north', port '1');
CREATE SERVER south TYPE 'mill' FOREIGN DATA WRAPPER post;
CREATE USER MAPPING FOR CURRENT_USER SERVER north OPTIONS (name 'it''s me', password 'swordfish');
CREATE USER MAPPING FOR PUBLIC SERVER south OPTIONS (name 'anybody');
