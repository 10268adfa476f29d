CREATE TABLE unrelated (id integer);
CREATE TABLE folders (id integer DEFAULT 3);
CREATE TABLE shared_folders (PRIMARY KEY (id)) INHERITS (folders);
ALTER TABLE folders ADD CONSTRAINT shared_as FOREIGN KEY (id) REFERENCES shared_folders (id);
