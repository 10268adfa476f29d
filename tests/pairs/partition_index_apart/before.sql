CREATE TABLE parcel (id int NOT NULL, zone int NOT NULL, label text) PARTITION BY LIST (zone);
CREATE TABLE parcel_1 PARTITION OF parcel FOR VALUES IN (1);
CREATE TABLE parcel_2 PARTITION OF parcel FOR VALUES IN (2) PARTITION BY LIST (zone);
CREATE TABLE parcel_2a PARTITION OF parcel_2 DEFAULT;
ALTER TABLE parcel_1 ADD CONSTRAINT parcel_1_key PRIMARY KEY (id, zone);
COMMENT ON CONSTRAINT parcel_1_key ON parcel_1 IS 'its own';
CREATE UNIQUE INDEX parcel_once ON parcel (id, zone);
CREATE INDEX parcel_label ON parcel (label);
ALTER TABLE parcel ADD CONSTRAINT parcel_pair UNIQUE (label, zone);
