use tablewright_declare::prelude::*;

// The bytes of a file, kept once however often it is uploaded.
#[derive(Table)]
#[table(name = "blobs")]
pub struct Blob {
    pub data: Bytea,
    #[column(unique)]
    pub digest: Text,
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub blob_id: Uuid,
}
