//! One SQL statement and what it does to those who use the database meanwhile.

use serde::Serialize;

use super::Id;

/// One SQL statement, without the semicolon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The text.
    pub sql: String,
    /// Why it is there, where the statement alone doesn't tell: one line, no dot.
    pub note: Option<String>,
    /// The locks that it takes on what holds or shows rows and exists already: those that somebody waits for. What every
    /// SELECT takes is left out.
    pub locks: Vec<Lock>,
    /// How it stands to the transaction around it.
    pub transaction: Transaction,
    /// It brings a body whose names PostgreSQL would look up at once, though what they name may come later.
    pub has_body: bool,
    /// It waits until all transactions that have begun before it are over, so that a limit on waiting for locks would only
    /// make it fail.
    pub waits_for_all: bool,
    /// What does the same without keeping anybody waiting, but not in a transaction: who runs it before by hand leaves this
    /// statement nothing to do.
    pub by_hand: Option<String>,
}

/// How a statement stands to the transaction around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transaction {
    /// It runs in a transaction with others.
    #[default]
    Within,
    /// It runs in one, but what it makes can't be used until that is committed (documentation, ALTER TYPE, Notes).
    CommittedBeforeUse,
    /// It could share a transaction, and gets one of its own: what it makes has to be committed before it is used, or what
    /// it holds should be held for it alone.
    Apart,
    /// It runs in the transaction of the statement before it.
    Along,
    /// PostgreSQL refuses it in a transaction.
    Outside,
}

impl Statement {
    /// A statement that needs no explanation.
    pub fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), ..Self::default() }
    }

    /// The same statement with a reason.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The same statement, which has to be committed before what it makes is used.
    pub fn committed_before_use(mut self) -> Self {
        self.transaction = Transaction::CommittedBeforeUse;
        self
    }

    /// The same statement, which can't run in a transaction.
    pub fn outside_transaction(mut self) -> Self {
        self.transaction = Transaction::Outside;
        self
    }

    /// The same statement, in a transaction of its own.
    pub fn apart(mut self) -> Self {
        self.transaction = Transaction::Apart;
        self
    }

    /// The same statement, in the transaction of the one before it.
    pub fn along(mut self) -> Self {
        self.transaction = Transaction::Along;
        self
    }

    /// The same statement, and what does the same by hand without keeping anybody waiting.
    pub fn or_by_hand(mut self, sql: impl Into<String>) -> Self {
        self.by_hand = Some(sql.into());
        self
    }

    /// The same statement, which brings a body that PostgreSQL would check at once.
    pub fn with_body(mut self) -> Self {
        self.has_body = true;
        self
    }

    /// The same statement, which waits for all transactions that have begun before it.
    pub fn waiting_for_all(mut self) -> Self {
        self.waits_for_all = true;
        self.outside_transaction()
    }

    /// The same statement with one lock more.
    pub fn lock(mut self, table: Id, mode: LockMode) -> Self {
        self.locks.push(Lock { table, mode, scan: false, rewrite: false, reach: Reach::Alone });
        self
    }

    /// The same statement, whose last lock is taken on all partitions too.
    pub fn with_partitions(self) -> Self {
        self.reaching(Reach::Partitions)
    }

    /// The same statement, whose last lock is taken on all partitions, and on all tables that inherit.
    pub fn with_heirs(self) -> Self {
        self.reaching(Reach::Heirs)
    }

    /// The same statement, whose last lock is taken on what inherits from the table itself, and on nothing further.
    pub fn with_children(self) -> Self {
        self.reaching(Reach::Children)
    }

    fn reaching(mut self, reach: Reach) -> Self {
        if let Some(lock) = self.locks.last_mut() {
            lock.reach = reach;
        }
        self
    }

    /// The same statement, whose last lock is held while the table is read from end to end.
    pub fn scan(mut self) -> Self {
        if let Some(lock) = self.locks.last_mut() {
            lock.scan = true;
        }
        self
    }

    /// The same statement, whose last lock is held while the table is written anew.
    pub fn rewrite(mut self) -> Self {
        if let Some(lock) = self.locks.last_mut() {
            lock.rewrite = true;
            lock.scan = true;
        }
        self
    }
}

/// A lock on a table (documentation, "Explicit Locking", 13.3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The table or view.
    pub table: Id,
    /// How strong it is.
    pub mode: LockMode,
    /// Held while the whole table is read.
    pub scan: bool,
    /// Held while the whole table is written anew.
    pub rewrite: bool,
    /// On which tables it is taken besides; a plan that is finished names each by itself.
    pub reach: Reach,
}

/// On which tables a lock is taken besides the one that it names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// On no other.
    #[default]
    Alone,
    /// On its own partitions and heirs, and on none of theirs: where `ONLY` is said, PostgreSQL still looks at them.
    Children,
    /// On its partitions, and theirs.
    Partitions,
    /// On its partitions and on what inherits from it, and on theirs.
    Heirs,
}

/// The modes of a table lock, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LockMode {
    /// Blocks nothing but ACCESS EXCLUSIVE.
    AccessShare,
    /// Blocks EXCLUSIVE and stronger.
    RowShare,
    /// What writes take.
    RowExclusive,
    /// Blocks other schema changes, no reads, no writes.
    ShareUpdateExclusive,
    /// Blocks writes.
    Share,
    /// Blocks writes and other schema changes.
    ShareRowExclusive,
    /// Blocks everything but plain reads.
    Exclusive,
    /// Blocks everything, reads too.
    AccessExclusive,
}

impl LockMode {
    /// The name that PostgreSQL's documentation gives it.
    pub fn name(self) -> &'static str {
        match self {
            LockMode::AccessShare => "ACCESS SHARE",
            LockMode::RowShare => "ROW SHARE",
            LockMode::RowExclusive => "ROW EXCLUSIVE",
            LockMode::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            LockMode::Share => "SHARE",
            LockMode::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            LockMode::Exclusive => "EXCLUSIVE",
            LockMode::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }

    /// Every mode, weakest first.
    pub const ALL: [LockMode; 8] = [
        LockMode::AccessShare,
        LockMode::RowShare,
        LockMode::RowExclusive,
        LockMode::ShareUpdateExclusive,
        LockMode::Share,
        LockMode::ShareRowExclusive,
        LockMode::Exclusive,
        LockMode::AccessExclusive,
    ];

    /// The mode that the view pg_locks calls so: `AccessExclusiveLock`.
    pub fn named_by_server(name: &str) -> Option<Self> {
        let plain: String = name.strip_suffix("Lock")?.to_uppercase();
        Self::ALL.into_iter().find(|mode| mode.name().replace(' ', "") == plain)
    }

    /// What others must wait for meanwhile, in words.
    pub fn blocks(self) -> &'static str {
        match self {
            LockMode::AccessShare | LockMode::RowShare | LockMode::RowExclusive => "blocks neither reads nor writes",
            LockMode::ShareUpdateExclusive => "blocks other schema changes, neither reads nor writes",
            LockMode::Share | LockMode::ShareRowExclusive | LockMode::Exclusive => "blocks writes",
            LockMode::AccessExclusive => "blocks reads and writes",
        }
    }
}
