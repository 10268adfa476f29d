CREATE DOMAIN address AS inet DEFAULT '127.0.0.1';
CREATE TABLE hosts (name text, at address);
