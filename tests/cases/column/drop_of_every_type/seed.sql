INSERT INTO items (id, small_int, text) VALUES (1, 7, 'text');
