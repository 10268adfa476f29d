use tablewright_declare::prelude::*;

use crate::organization::Organization;
use crate::user_profile::UserProfile;

// Who belongs to which organization. The policy of organizations reads it.
#[derive(Table)]
#[table(name = "organization_members")]
#[primary_key(on(organization_id, user_id))]
#[index(idx_organization_members_active, on(organization_id, is_active))]
#[index(idx_organization_members_user_id, on(user_id))]
#[row_level_security]
#[policy(
    "Users can view organization members",
    for = select,
    using = "organization_id IN (
        SELECT organization_id
        FROM organization_members
        WHERE user_id = current_setting('app.current_user_id', true)::uuid
    )"
)]
pub struct OrganizationMember {
    #[column(references(Organization::id, on_delete = cascade))]
    pub organization_id: Uuid,
    #[column(references(UserProfile::user_id, on_delete = cascade, name = fk_organization_members_user_id))]
    pub user_id: Uuid,
    #[column(default = "member")]
    pub role: Text,
    #[column(default = sql("now()"))]
    pub joined_at: Option<Timestamptz>,
    #[column(default = true)]
    pub is_active: Boolean,
}
