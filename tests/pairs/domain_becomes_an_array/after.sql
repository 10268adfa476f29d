CREATE DOMAIN address AS text[] DEFAULT '{}';
CREATE TABLE hosts (name text, at address);
