INSERT INTO nested VALUES (ROW(ROW(1))::outer_type);
INSERT INTO hides VALUES ('a', '{b,c}');
INSERT INTO ranges VALUES ('[1,5)', '{[1,2),[3,4)}', '[a,b)', '{"{[a,c)}"}');
