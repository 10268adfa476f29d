CREATE TABLE writers (born date NOT NULL);
CREATE TABLE poets () INHERITS (writers);
