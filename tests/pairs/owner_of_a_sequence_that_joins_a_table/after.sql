CREATE TABLE loaf (id bigint);
CREATE SEQUENCE loaf_number;
ALTER TABLE loaf OWNER TO pw_baker;
CREATE TABLE crumb (id bigint);
CREATE SEQUENCE crumb_number OWNED BY crumb.id;
ALTER TABLE crumb OWNER TO pw_miller;
