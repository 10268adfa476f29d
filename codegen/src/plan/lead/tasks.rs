//! The tasks of a plan, found by whom they are about.

use super::*;

/// The tasks, and where those about each object are.
pub(super) struct Tasks {
    pub(in crate::plan) all: Vec<Task>,
    pub(in crate::plan) by_id: BTreeMap<Id, Vec<usize>>,
}

impl Tasks {
    pub(super) fn new(all: Vec<Task>) -> Self {
        let mut by_id: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
        for (at, task) in all.iter().enumerate() {
            by_id.entry(task.id.clone()).or_default().push(at);
        }
        Self { all, by_id }
    }

    pub(super) fn places(&self, id: &Id) -> Vec<usize> {
        self.by_id.get(id).cloned().unwrap_or_default()
    }

    pub(super) fn drop_of(&self, places: &[usize]) -> Option<usize> {
        places.iter().copied().find(|at| matches!(self.all[*at].change, Change::Drop(_)))
    }

    pub(super) fn create_of(&self, places: &[usize]) -> Option<usize> {
        places.iter().copied().find(|at| matches!(self.all[*at].change, Change::Create(_)))
    }

    pub(super) fn alters_of(&self, places: &[usize], round: u8) -> Vec<usize> {
        let alters = |at: &usize| matches!(self.all[*at].change, Change::Alter { .. }) && self.all[*at].round == round;
        places.iter().copied().filter(alters).collect()
    }

    /// As long as it is inherited, an object can neither be dropped nor changed by itself.
    pub(super) fn wait_for_end_of(&mut self, task: usize, leader: &Id) {
        let task = &mut self.all[task];
        task.leaves = task.leaves.iter().filter(|need| *need != leader).cloned().collect();
        task.after.push(leader.clone());
    }

    /// What was there by itself has to fit what it will inherit before it comes to inherit it.
    pub(super) fn make_way_for(&mut self, task: usize, leader: &Id) {
        let task = &mut self.all[task];
        task.joins = task.joins.iter().filter(|need| *need != leader).cloned().collect();
        task.ahead_of.push(leader.clone());
    }

    pub(super) fn add(&mut self, task: Task) {
        self.by_id.entry(task.id.clone()).or_default().push(self.all.len());
        self.all.push(task);
    }
}
