use tablewright_declare::prelude::*;

pub const PROJECT: Project = Project {
    name: "rita",
    migrations: "packages/api-server/src/database/migrations",
    rollbacks: "packages/api-server/src/database/rollbacks",
    drop_if_exists: true,
    runner: Runner::WrapsEachFile,
    ..Project::DEFAULT
};
