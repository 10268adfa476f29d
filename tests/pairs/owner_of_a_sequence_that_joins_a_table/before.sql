-- roles: pw_baker, pw_miller
CREATE TABLE loaf (id bigint);
CREATE SEQUENCE loaf_number OWNED BY loaf.id;
ALTER TABLE loaf OWNER TO pw_baker;
CREATE TABLE crumb (id bigint);
CREATE SEQUENCE crumb_number;
ALTER TABLE crumb OWNER TO pw_baker;
