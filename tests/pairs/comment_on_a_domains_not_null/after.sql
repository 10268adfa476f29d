-- postgres: 17
CREATE DOMAIN code AS text CONSTRAINT is_known NOT NULL;
CREATE DOMAIN amount AS numeric;
CREATE DOMAIN note AS text NOT NULL;
COMMENT ON CONSTRAINT is_known ON DOMAIN code IS 'no code, no parcel, no bill';
COMMENT ON CONSTRAINT note_not_null ON DOMAIN note IS 'say something';
CREATE DOMAIN fresh AS int NOT NULL;
COMMENT ON CONSTRAINT fresh_not_null ON DOMAIN fresh IS 'new';
CREATE TABLE sale (code code, amount amount);
