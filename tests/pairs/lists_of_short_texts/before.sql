CREATE TABLE parcel (id int PRIMARY KEY, state varchar(9), lane varchar, CONSTRAINT known CHECK (state IN ('new', 'sent')));
CREATE VIEW sent AS SELECT id FROM parcel;
