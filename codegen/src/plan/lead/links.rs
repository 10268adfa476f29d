//! What ties tables together while a plan is carried out: which links are undone for a while, and what that frees.

use super::*;

/// The links that have to be undone for a while: a part that is to stay would go with the one that it follows, or one
/// of another sort can't go with it.
pub(in crate::plan) fn untied(context: &Context, changes: &[Change]) -> BTreeSet<Id> {
    let mut links = BTreeSet::new();
    for gone in changes.iter().filter_map(|change| if let Change::Drop(gone) = change { Some(gone) } else { None }) {
        let id = gone.id();
        if gone.drop_alone(context.style).is_none() {
            for follower in context.from.needed_by(&id).filter_map(|id| context.from.get(id)) {
                links.extend(tie(context, follower, &id).filter(|_| outlasts(context, follower, gone)));
            }
        }
        let leaders = gone.follows().into_iter().filter(|it| it.leader.kind != id.kind && it.leader != it.link);
        links.extend(
            leaders.filter(|it| context.to.contains(&it.leader)).filter_map(|it| tie(context, gone, &it.leader)),
        );
    }
    links
}

/// What ties the table of a follower to that of its leader all the time.
fn tie(context: &Context, follower: &Arc<Object>, leader: &Id) -> Option<Id> {
    let follows = follower.follows().into_iter();
    let link = follows.filter(|follow| follow.leader == *leader && follow.link != *leader).map(|follow| follow.link);
    link.into_iter().find(|link| is_kept(context, link))
}

/// Whether a follower stays as it is, or is of another sort, which its leader can't take along.
fn outlasts(context: &Context, follower: &Arc<Object>, leader: &Arc<Object>) -> bool {
    let stays = |to: &Arc<Object>| !matches!(Object::alter(context, follower, to), Alteration::Replace);
    let owner_goes = follower.owner().is_some_and(|owner| !context.to.contains(&owner));
    !owner_goes
        && follower.led(Some(follower), (Some(leader), None)).is_none()
        && (context.to.get(&follower.id()).is_some_and(stays) || follower.kind() != leader.kind())
}

/// Whether an object follows another only until their tables are parted, which comes first.
pub(in crate::plan) fn is_free_of(context: &Context, object: &Arc<Object>, leader: &Id) -> bool {
    let follows = object.follows();
    let follow = follows.iter().find(|follow| follow.leader == *leader && follow.link != *leader);
    follow.is_some_and(|follow| !is_kept(context, &follow.link) && context.to.contains(&object.id()))
}
