CREATE DOMAIN code AS text CONSTRAINT is_there NOT NULL;
CREATE DOMAIN amount AS numeric NOT NULL;
CREATE DOMAIN note AS text;
COMMENT ON CONSTRAINT is_there ON DOMAIN code IS 'no code, no parcel';
COMMENT ON CONSTRAINT amount_not_null ON DOMAIN amount IS 'nothing is free';
CREATE TABLE sale (code code, amount amount);
