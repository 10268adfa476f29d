INSERT INTO items (id, character, interval, bit) VALUES (1, 'a', '1.234 s', B'10101010');
