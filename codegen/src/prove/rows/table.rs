//! A table as one who fills it sees it: what every row must be, and what some row should be.

use std::collections::BTreeSet;

use super::expressions::{conjuncts, disjuncts, mentioned};
use super::world::{Column, Constraint, Relation, World};
use crate::kinds::Kind;
use crate::model::{Id, Schema};

/// A table that rows are put into: a plain one, an heir, or the root of a tree of partitions.
#[derive(Debug)]
pub(super) struct Table<'w> {
    pub relation: &'w Relation,
    pub id: Id,
    /// None of them may be false.
    pub conditions: Vec<Condition>,
    pub wishes: Vec<Wish>,
    pub references: Vec<Reference<'w>>,
    /// The columns of which two rows must not hold the same.
    pub varied: BTreeSet<usize>,
    /// The columns that foreign keys lead to.
    pub referenced: BTreeSet<usize>,
    /// It is partitioned, and there is nowhere for a row to go.
    pub has_no_room: bool,
    /// The columns that get their values from a sequence.
    pub numbered: BTreeSet<usize>,
}

/// A condition over some columns, by their places in the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Condition {
    pub sql: String,
    pub columns: BTreeSet<usize>,
}

/// A condition that should be true for some rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub sql: String,
    pub columns: BTreeSet<usize>,
    /// For how many: two rows meet in an index.
    pub times: usize,
}

/// A foreign key.
#[derive(Debug)]
pub(super) struct Reference<'w> {
    pub name: &'w str,
    pub columns: Vec<usize>,
    pub to: &'w Relation,
    pub to_columns: Vec<&'w str>,
    pub match_full: bool,
    pub deferrable: bool,
}

/// All tables of a schema that rows are put into, by id.
pub(super) fn all<'w>(world: &'w World, schema: &Schema) -> Vec<Table<'w>> {
    let roots = world.relations.values().filter(|it| it.parent.is_none());
    let mut tables: Vec<Table> = roots.map(|it| Table::new(world, it)).collect();
    tables.retain(|table| schema.contains(&table.id));
    tables.sort_by(|a, b| a.id.cmp(&b.id));
    tables
}

impl<'w> Table<'w> {
    fn new(world: &'w World, relation: &'w Relation) -> Self {
        let id = Id::new(Kind::Table, [&relation.schema, &relation.name]);
        let references = references(world, relation);
        let mut table = Self {
            relation,
            id,
            conditions: Vec::new(),
            wishes: Vec::new(),
            references,
            varied: BTreeSet::new(),
            referenced: referenced(world, relation),
            has_no_room: false,
            numbered: BTreeSet::new(),
        };
        table.read_partitions(world);
        table.numbered = table.numbered_columns();
        table.read_checks(world);
        table.read_indexes(world);
        // Of what a sequence will give we know nothing.
        let usable = |columns: &BTreeSet<usize>| columns.is_disjoint(&table.numbered) && !columns.is_empty();
        let (conditions, wishes) = (&table.conditions, &table.wishes);
        let conditions = conditions.iter().filter(|it| usable(&it.columns)).cloned().collect();
        let wishes = wishes.iter().filter(|it| usable(&it.columns)).cloned().collect();
        Self { conditions, wishes, ..table }
    }

    /// A row must find its partition, and each partition should get a row.
    fn read_partitions(&mut self, world: &World) {
        if !self.relation.partitioned {
            return;
        }
        let (foreign, own): (Vec<_>, Vec<_>) = world.leaves(self.relation.oid).into_iter().partition(|it| it.foreign);
        let bound = |it: &&Relation| it.bound.clone().unwrap_or_else(|| "true".into());
        for leaf in &own {
            // Two rows, since a partition may have a key of its own.
            self.wish(&bound(leaf), 2);
            for check in local_checks(world, leaf) {
                self.must(&format!("(({}) IS NOT TRUE) OR ({check})", bound(leaf)));
                self.wish(&format!("({}) AND ({check})", bound(leaf)), 1);
            }
        }
        self.has_no_room = own.is_empty();
        let any: Vec<String> = own.iter().map(|leaf| format!("(({}) IS TRUE)", bound(leaf))).collect();
        self.must(&any.join(" OR "));
        foreign.iter().for_each(|leaf| self.must(&format!("(({}) IS NOT TRUE)", bound(leaf))));
    }

    fn read_checks(&mut self, world: &World) {
        let checks = world.constraints(self.relation.oid).iter().filter(|it| it.sort == "c" && it.enforced);
        for check in checks.filter_map(|it| it.expression.as_deref()) {
            for part in conjuncts(check) {
                self.must(&part);
                self.wish(&part, 1);
                let branches = disjuncts(&part);
                if branches.len() > 1 {
                    branches.iter().for_each(|branch| self.wish(branch, 1));
                }
            }
        }
    }

    fn read_indexes(&mut self, world: &World) {
        for index in world.indexes(self.relation.oid) {
            index.predicate.iter().for_each(|predicate| self.wish(predicate, 2));
            if index.unique || index.exclusion {
                let expressions = index.expressions.iter().flat_map(|it| mentioned(it));
                let expressions: Vec<usize> = expressions.filter_map(|name| self.place(&name)).collect();
                self.varied.extend(expressions);
                self.varied.extend(places(self.relation, &index.columns));
            }
        }
    }

    fn must(&mut self, sql: &str) {
        self.conditions.push(Condition { sql: sql.to_owned(), columns: self.columns_of(sql) });
    }

    fn wish(&mut self, sql: &str, times: usize) {
        let wish = Wish { sql: sql.to_owned(), columns: self.columns_of(sql), times };
        if !self.wishes.contains(&wish) {
            self.wishes.push(wish);
        }
    }

    /// The columns that an expression mentions, and those that generated ones among them are made of.
    fn columns_of(&self, sql: &str) -> BTreeSet<usize> {
        let named: BTreeSet<usize> = mentioned(sql).iter().filter_map(|name| self.place(name)).collect();
        let generated = named.iter().filter_map(|at| self.column(*at).generated.as_deref());
        let beneath: BTreeSet<usize> = generated.flat_map(mentioned).filter_map(|name| self.place(&name)).collect();
        named.into_iter().chain(beneath).collect()
    }

    fn numbered_columns(&self) -> BTreeSet<usize> {
        let chosen = |at: usize| {
            self.conditions.iter().any(|it| it.columns.contains(&at))
                || self.references.iter().any(|it| it.columns.contains(&at))
                || self.references.iter().any(|it| self.must_refer_to_itself(it) && self.targets(it).contains(&at))
        };
        let is_numbered =
            |column: &Column| column.identity || column.default.as_ref().is_some_and(|it| it.starts_with("nextval("));
        let columns = self.relation.columns.iter().enumerate();
        columns.filter(|(at, column)| is_numbered(column) && !chosen(*at)).map(|(at, _)| at).collect()
    }

    pub fn column(&self, at: usize) -> &'w Column {
        &self.relation.columns[at]
    }

    pub fn place(&self, name: &str) -> Option<usize> {
        self.relation.columns.iter().position(|column| column.name == name)
    }

    pub fn refers_to_itself(&self, reference: &Reference) -> bool {
        reference.to.oid == self.relation.oid
    }

    /// A first row has no other to refer to.
    pub fn must_refer_to_itself(&self, reference: &Reference) -> bool {
        self.refers_to_itself(reference) && !self.may_be_left(reference)
    }

    /// Whether a row can do without the row that this leads to.
    pub fn may_be_left(&self, reference: &Reference) -> bool {
        let mut nullable = reference.columns.iter().map(|at| !self.column(*at).not_null);
        if reference.match_full { nullable.all(|it| it) } else { nullable.any(|it| it) }
    }

    /// The referenced columns of a foreign key to the table itself.
    pub fn targets(&self, reference: &Reference) -> Vec<usize> {
        reference.to_columns.iter().filter_map(|name| self.place(name)).collect()
    }
}

fn references<'w>(world: &'w World, relation: &'w Relation) -> Vec<Reference<'w>> {
    let keys = world.constraints(relation.oid).iter().filter(|it| it.sort == "f" && it.enforced && !it.inherited);
    let mut references: Vec<Reference> = keys.filter_map(|key| reference(world, relation, relation, key)).collect();
    // What a partition alone refers to is asked of all rows, which may be more than is needed.
    for leaf in world.leaves(relation.oid) {
        let keys = world.constraints(leaf.oid).iter().filter(|it| it.sort == "f" && it.enforced && !it.inherited);
        for key in keys.filter_map(|key| reference(world, relation, leaf, key)) {
            if !references.iter().any(|it| it.columns == key.columns && it.to.oid == key.to.oid) {
                references.push(key);
            }
        }
    }
    // The one with the most columns says most about the others.
    references.sort_by_key(|it| std::cmp::Reverse(it.columns.len()));
    references
}

/// The columns that any foreign key leads to.
fn referenced(world: &World, relation: &Relation) -> BTreeSet<usize> {
    let keys = world.constraints.values().flatten().filter(|it| it.to == Some(relation.oid));
    keys.flat_map(|key| places(relation, &key.to_columns)).collect()
}

fn reference<'w>(
    world: &'w World,
    relation: &'w Relation,
    holder: &'w Relation,
    key: &'w Constraint,
) -> Option<Reference<'w>> {
    let to = world.relations.get(&key.to?)?;
    let named = places(to, &key.to_columns).into_iter().map(|at| to.columns[at].name.as_str());
    Some(Reference {
        name: &key.name,
        columns: places_by_name(relation, holder, &key.columns),
        to,
        to_columns: named.collect(),
        match_full: key.match_full,
        deferrable: key.deferrable,
    })
}

/// The places of columns, in the order of the numbers.
pub(super) fn places(relation: &Relation, numbers: &[i16]) -> Vec<usize> {
    let place = |number: &i16| relation.columns.iter().position(|column| column.number == *number);
    numbers.iter().filter_map(place).collect()
}

/// The places in a table of columns of one of its partitions, which may have them in another order.
fn places_by_name(relation: &Relation, holder: &Relation, numbers: &[i16]) -> Vec<usize> {
    let names = places(holder, numbers).into_iter().map(|at| &holder.columns[at].name);
    names.filter_map(|name| relation.columns.iter().position(|column| column.name == *name)).collect()
}

fn local_checks<'w>(world: &'w World, relation: &Relation) -> impl Iterator<Item = &'w str> {
    let checks = world.constraints(relation.oid).iter().filter(|it| it.sort == "c" && it.enforced && !it.inherited);
    checks.filter_map(|it| it.expression.as_deref())
}
