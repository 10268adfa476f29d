//! Proofs: what the round trip of a migration has shown, for whoever reviews it and for machines.
//!
//! A proof needs a server, so that this emitter makes none: `prove` does, and the emitter keeps what it has made for as
//! long as it is a proof of these very files. A proof of other files is no artifact of the project any more.

mod page;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::World;
use crate::output::{Artifact, Content};

pub use page::page;

/// What the round trips of one migration have shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The migration: `153_remove_external_cluster_id`.
    pub migration: String,
    /// What was proved.
    pub inputs: Inputs,
    /// Whether all was as it should be, for the rollback that is in the file.
    pub holds: bool,
    /// The majors of the servers, oldest first.
    pub servers: Vec<u32>,
    /// The rows that the trips were made with.
    pub rows: RowsPutIn,
    /// The trips: those of the rollback in the file first.
    pub trips: Vec<TripMade>,
    /// What each statement of the way up took, and then of the way down.
    pub statements: Vec<StatementMeasured>,
    /// How the versions before and after get along, if that was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deploy: Option<Deploy>,
}

/// What a proof is a proof of. Texts are hashed as the history hashes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// The hash of the schema before.
    pub schema_before: String,
    /// The hash of the schema after.
    pub schema_after: String,
    /// The hash of the way up.
    pub up: String,
    /// The hash of the way down.
    pub down: String,
    /// The hash of the team's own rows; empty, if there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fixtures: String,
}

/// The rows that were there before the way up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsPutIn {
    /// How many tables hold rows.
    pub tables: usize,
    /// How many rows they hold.
    pub rows: usize,
    /// How many constraints the rows reach.
    pub reached: usize,
    /// Why the way up does not accept all rows that the schema before allows, if that is so: then the rows are some that it
    /// accepts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The constraints that no row reaches, and the tables without rows, each with the reason.
    pub unreached: Vec<String>,
}

/// One way up and back, on servers on which it came to the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripMade {
    /// The rollback's policy; empty for a file that says of none.
    pub rollback: String,
    /// Whether the rollback is the one in the file.
    pub is_chosen: bool,
    /// The majors.
    pub servers: Vec<u32>,
    /// Whether there were rows.
    pub with_rows: bool,
    /// What was not as it should be, one sentence each.
    pub findings: Vec<String>,
    /// Why the rollback refused to run, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// What did not come back, as stated: the object, and how much of it.
    pub losses: Vec<LossSeen>,
    /// How the rollback fares with rows that were written after the way up; nothing, if it was not tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_newer_rows: Option<String>,
}

/// A stated loss, as it was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LossSeen {
    /// The object: `column public.clusters.external_cluster_id`.
    pub object: String,
    /// What is lost, in words.
    pub what: String,
}

/// What one statement took.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementMeasured {
    /// `up` or `down`.
    pub way: String,
    /// Its text on one line.
    pub sql: String,
    /// The majors on which it was so.
    pub servers: Vec<u32>,
    /// By table or view; empty if it took nothing from anybody.
    pub took: Vec<Taken>,
}

/// What a statement took of one table or view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The table or view: `public.clusters`.
    pub relation: String,
    /// The lock, as PostgreSQL names it.
    pub lock: String,
    /// What others wait for meanwhile.
    pub blocks: String,
    /// Whether it was read from end to end.
    pub scanned: bool,
    /// Whether it was written anew.
    pub rewritten: bool,
}

/// How the statements of one version fare with the schema of the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deploy {
    /// The verdict in a few words: `database first`, `code first`, `either order`, `two steps`.
    pub verdict: String,
    /// What that means.
    pub meaning: String,
    /// How many statements of the version before were tried on the new schema, and the new ones on the old.
    pub tried: [usize; 2],
    /// Statements of the version before that the schema after refuses.
    pub old_on_new: Vec<StatementRefused>,
    /// Statements of the version after that the schema before refuses.
    pub new_on_old: Vec<StatementRefused>,
}

/// A statement that a schema refuses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRefused {
    /// What it is: `upsert of clusters by (organization_id, external_cluster_id)`.
    pub statement: String,
    /// What the server says.
    pub reason: String,
}

/// The file of a proof: the proof, and a hash that tells whether it was edited.
#[derive(Serialize, Deserialize)]
struct Sealed {
    sha256: String,
    proof: Proof,
}

/// The folder of proofs.
pub const FOLDER: &str = "generated/proofs";

/// The proofs that are still proofs of the files that there are.
pub fn emit(world: &World) -> Vec<Artifact> {
    world.proofs.iter().flat_map(|proof| artifacts(proof)).collect()
}

/// Both files of a proof.
pub fn artifacts(proof: &Proof) -> [Artifact; 2] {
    let artifact = |ending: &str, text: String| Artifact {
        path: format!("{FOLDER}/{}.{ending}", proof.migration).into(),
        content: Content::Whole(text),
    };
    [artifact("json", text(proof)), artifact("md", page(proof))]
}

/// The proof in a file's text; none, if it was edited or is no proof.
pub fn parse(text: &str) -> Option<Proof> {
    let sealed: Sealed = serde_json::from_str(text).ok()?;
    (sealed.sha256 == fingerprint(&sealed.proof)).then_some(sealed.proof)
}

fn text(proof: &Proof) -> String {
    let sealed = Sealed { sha256: fingerprint(proof), proof: proof.clone() };
    // Plain data of strings, numbers and lists, which JSON can always hold.
    serde_json::to_string_pretty(&sealed).unwrap_or_default() + "\n"
}

fn fingerprint(proof: &Proof) -> String {
    let hash = Sha256::digest(serde_json::to_string(proof).unwrap_or_default());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
