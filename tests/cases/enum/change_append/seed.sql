INSERT INTO items VALUES (1, 'open', '{open,done}', NULL), (2, 'done', NULL, 'open');
