CREATE TABLE one (id serial);
