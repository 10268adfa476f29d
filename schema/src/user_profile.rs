use tablewright_declare::prelude::*;

use crate::functions::UpdateUpdatedAtColumn;
use crate::organization::Organization;

// A person, as Keycloak knows them.
#[derive(Table)]
#[table(name = "user_profiles")]
#[index(idx_user_profiles_active_org, on(active_organization_id))]
#[index(idx_user_profiles_names, on(last_name, first_name))]
#[unique_index(user_profiles_keycloak_id_idx, on(keycloak_id))]
#[trigger(update_user_profiles_updated_at, before(update), for_each_row, execute = UpdateUpdatedAtColumn)]
pub struct UserProfile {
    #[column(primary_key)]
    pub user_id: Uuid,
    #[column(references(Organization::id, on_delete = set_null))]
    pub active_organization_id: Option<Uuid>,
    pub email: Option<Text>,
    #[column(default = sql("now()"))]
    pub created_at: Option<Timestamptz>,
    /// The unique subject identifier (sub) from Keycloak.
    pub keycloak_id: Option<Varchar<255>>,
    /// User first name from Keycloak JWT token (given_name claim)
    pub first_name: Option<Text>,
    /// User last name from Keycloak JWT token (family_name claim)
    pub last_name: Option<Text>,
    /// Last profile update timestamp
    #[column(default = sql("now()"))]
    pub updated_at: Option<Timestamptz>,
}
