CREATE TABLE parent (id integer NOT NULL, note text NOT NULL);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE other () INHERITS (parent);
