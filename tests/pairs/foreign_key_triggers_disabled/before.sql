CREATE TABLE owner (id integer PRIMARY KEY);
CREATE TABLE pet (id integer, owner_id integer CONSTRAINT pet_owner REFERENCES owner, friend_id integer);
ALTER TABLE pet DISABLE TRIGGER ALL;
CREATE TABLE toy (owner_id integer CONSTRAINT toy_owner REFERENCES owner);
