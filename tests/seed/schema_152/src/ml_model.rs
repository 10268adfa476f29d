use tablewright_declare::prelude::*;

use crate::functions::UpdateUpdatedAtColumn;
use crate::organization::Organization;

/// ML classification models (populated by WF from ML team endpoints)
#[derive(Table)]
#[table(name = "ml_models")]
#[unique(on(organization_id, external_model_id), natural_key)]
#[index(idx_ml_models_organization_id, on(organization_id))]
#[index(idx_ml_models_external_model_id, on(external_model_id))]
#[trigger(set_ml_models_updated_at, before(update), for_each_row, execute = UpdateUpdatedAtColumn)]
#[row_level_security]
#[policy(
    users_access_own_organization_ml_models,
    using = "organization_id = current_setting('app.current_organization_id', true)::uuid"
)]
pub struct MlModel {
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub id: Uuid,
    #[column(references(Organization::id, on_delete = cascade))]
    pub organization_id: Uuid,
    /// Model ID from ML team system (used in API calls)
    pub external_model_id: Text,
    pub model_name: Text,
    pub training_start_date: Option<Date>,
    pub training_end_date: Option<Date>,
    #[column(default = "{}")]
    pub metadata: Option<Jsonb<Value>>,
    #[column(default = sql("now()"))]
    pub created_at: Option<Timestamptz>,
    #[column(default = sql("now()"))]
    pub updated_at: Option<Timestamptz>,
}
