INSERT INTO people (id, mood, past, best, all_moods, "both", sort, level) VALUES (1, 'glad', '{sad,NULL,glad}', NULL, '{sad}', ROW('sad', 1), 'b''s', 'high');
INSERT INTO of_people VALUES ('glad', 1);
