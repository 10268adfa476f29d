CREATE TEXT SEARCH TEMPLATE own_template (LEXIZE = dsimple_lexize, INIT = dsimple_init);
CREATE TEXT SEARCH PARSER "Own" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, LANGUAGE = german);
CREATE TEXT SEARCH DICTIONARY "Simple" (TEMPLATE = own_template, ACCEPT = true);
CREATE TEXT SEARCH CONFIGURATION words (PARSER = "Own");
ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR asciiword WITH stems;
ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR int, url WITH simple;
COMMENT ON TEXT SEARCH CONFIGURATION words IS 'many words';
CREATE TABLE pages (text text, found tsvector GENERATED ALWAYS AS (to_tsvector('words', text)) STORED);
