use tablewright_declare::prelude::*;

use crate::functions::UpdateUpdatedAtColumn;
use crate::organization_member::OrganizationMember;

// The tenant: nearly every other row belongs to one.
#[derive(Table)]
#[table(name = "organizations")]
#[trigger(update_organizations_updated_at, before(update), for_each_row, execute = UpdateUpdatedAtColumn)]
#[row_level_security]
#[policy(
    "Users can view their organizations",
    for = select,
    using = "id IN (
        SELECT organization_id
        FROM organization_members
        WHERE user_id = current_setting('app.current_user_id', true)::uuid
    )",
    needs(OrganizationMember)
)]
pub struct Organization {
    #[column(primary_key, default = sql("gen_random_uuid()"))]
    pub id: Uuid,
    pub name: Text,
    #[column(default = sql("now()"))]
    pub created_at: Option<Timestamptz>,
    #[column(default = sql("now()"))]
    pub updated_at: Option<Timestamptz>,
}
