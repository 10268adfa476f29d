use tablewright_declare::prelude::*;
