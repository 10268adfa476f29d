//! What is said of every kind, and handed to the file of each.

/// Makes the kinds and their objects of the list in `kinds/mod.rs`.
macro_rules! kinds {
    ($($module:ident :: $kind:ident),* $(,)?) => {
        $(mod $module; pub use $module::$kind;)*

        /// What sort of object it is, in the order of creation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each kind is described in its own file")]
        pub enum Kind { $($kind),* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),*];

            /// The kind's name, for example `foreign key`.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$kind => <$kind as ObjectKind>::NAME),* }
            }

            /// See [`ObjectKind::CATALOG`].
            pub fn catalog(self) -> &'static str {
                match self { $(Kind::$kind => <$kind as ObjectKind>::CATALOG),* }
            }

            /// See [`ObjectKind::THERE`].
            pub fn there(self) -> &'static str {
                match self { $(Kind::$kind => <$kind as ObjectKind>::THERE),* }
            }

            /// See [`ObjectKind::PRINTED`].
            pub fn printed(self) -> &'static [&'static str] {
                match self { $(Kind::$kind => <$kind as ObjectKind>::PRINTED),* }
            }

            /// See [`ObjectKind::HIDDEN`].
            pub fn hidden(self) -> &'static str {
                match self { $(Kind::$kind => <$kind as ObjectKind>::HIDDEN),* }
            }

            /// See [`ObjectKind::HANGS_ON_OTHERS`].
            pub fn hangs_on_others(self) -> bool {
                match self { $(Kind::$kind => <$kind as ObjectKind>::HANGS_ON_OTHERS),* }
            }

            /// See [`ObjectKind::RIVALS`].
            pub fn has_rivals(self) -> bool {
                match self { $(Kind::$kind => <$kind as ObjectKind>::RIVALS),* }
            }

            /// See [`ObjectKind::ATTRACTS`].
            pub fn attracts(self) -> &'static [Kind] {
                match self { $(Kind::$kind => <$kind as ObjectKind>::ATTRACTS),* }
            }

            /// See [`ObjectKind::HANDED_ON`].
            pub fn is_handed_on(self) -> bool {
                match self { $(Kind::$kind => <$kind as ObjectKind>::HANDED_ON),* }
            }

            /// See [`ObjectKind::NOUN`].
            pub fn noun(self) -> String {
                match self { $(Kind::$kind => <$kind as ObjectKind>::NOUN.map_or_else(|| self.name().to_uppercase(), str::to_owned)),* }
            }

            /// See [`ObjectKind::reference`].
            pub fn reference(self, path: &[String], style: &Style) -> String {
                match self { $(Kind::$kind => <$kind as ObjectKind>::reference(path, style)),* }
            }

            /// An object of this kind from its facts.
            pub fn read<'de, D: Deserializer<'de>>(self, facts: D) -> Result<Object, D::Error> {
                match self { $(Kind::$kind => <$kind as Deserialize>::deserialize(facts).map(Object::from)),* }
            }

            /// The kind's file in `kinds/`, without its ending.
            pub fn module(self) -> &'static str {
                match self { $(Kind::$kind => stringify!($module)),* }
            }
        }

        /// One thing that has its own identity.
        ///
        /// Each takes as much memory as its kind needs, rather than as the largest kind does.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each kind is described in its own file")]
        pub enum Object { $($kind(Box<$kind>)),* }

        $(impl From<$kind> for Object {
            fn from(object: $kind) -> Self { Object::$kind(Box::new(object)) }
        })*

        impl Object {
            /// What sort of object it is.
            pub fn kind(&self) -> Kind { match self { $(Object::$kind(_) => Kind::$kind),* } }
            /// See [`ObjectKind::path`].
            pub fn path(&self) -> Vec<String> { match self { $(Object::$kind(it) => it.path()),* } }
            /// See [`ObjectKind::needs`]; the owner is one of them.
            pub fn needs(&self, schema: &Schema) -> Vec<Id> {
                let mut needs = match self { $(Object::$kind(it) => it.needs(schema)),* };
                needs.extend(self.owner());
                needs.extend(self.follows().into_iter().map(|follow| follow.leader));
                needs
            }
            /// See [`ObjectKind::could_need`].
            pub fn could_need(&self, schema: &Schema) -> Vec<Id> {
                match self { $(Object::$kind(it) => it.could_need(schema)),* }
            }
            /// See [`ObjectKind::claims`].
            pub fn claims(&self) -> Vec<Claim> { match self { $(Object::$kind(it) => it.claims()),* } }
            /// See [`ObjectKind::owner`].
            pub fn owner(&self) -> Option<Id> { match self { $(Object::$kind(it) => it.owner()),* } }
            /// See [`ObjectKind::follows`].
            pub fn follows(&self) -> Vec<Follow> { match self { $(Object::$kind(it) => it.follows()),* } }
            /// See [`ObjectKind::led`]. It stays as it is where the leader is of another kind.
            pub fn led(&self, before: Option<&Self>, leader: (Option<&Self>, Option<&Self>)) -> Option<Self> {
                match self {
                    $(Object::$kind(it) => {
                        fn same(other: Option<&Object>) -> Option<&$kind> {
                            if let Some(Object::$kind(other)) = other { Some(other) } else { None }
                        }
                        it.led(same(before), (same(leader.0), same(leader.1))).map(Object::from)
                    })*
                }
            }
            /// See [`ObjectKind::comes_with_link`].
            pub fn comes_with_link(&self, owner_is_new: bool) -> bool {
                match self { $(Object::$kind(it) => it.comes_with_link(owner_is_new)),* }
            }
            /// See [`ObjectKind::follows_link`].
            pub fn follows_link(&self, own: Side) -> bool {
                match self { $(Object::$kind(it) => it.follows_link(own)),* }
            }
            /// See [`ObjectKind::RENAMES_FOLLOWERS`].
            pub fn renames_followers(&self) -> bool {
                match self { $(Object::$kind(_) => <$kind as ObjectKind>::RENAMES_FOLLOWERS),* }
            }
            /// See [`ObjectKind::drop_alone`].
            pub fn drop_alone(&self, style: &Style) -> Option<Vec<Statement>> {
                match self { $(Object::$kind(it) => it.drop_alone(style)),* }
            }
            /// See [`ObjectKind::binds`].
            pub fn binds(&self) -> Vec<Id> { match self { $(Object::$kind(it) => it.binds()),* } }
            /// See [`ObjectKind::spelled_out`].
            pub fn spelled_out(&self, context: &Context) -> Option<Object> {
                match self { $(Object::$kind(it) => it.spelled_out(context).map(Object::from)),* }
            }
            /// See [`ObjectKind::hands_on`].
            pub fn hands_on(&self, part: Kind) -> bool { match self { $(Object::$kind(it) => it.hands_on(part)),* } }
            /// See [`ObjectKind::completes`].
            pub fn completes(&self) -> Option<Id> { match self { $(Object::$kind(it) => it.completes()),* } }
            /// See [`ObjectKind::position`].
            pub fn position(&self) -> usize { match self { $(Object::$kind(it) => it.position()),* } }
            /// See [`ObjectKind::essence`].
            pub fn essence(&self) -> Self { match self { $(Object::$kind(it) => it.essence().into()),* } }
            /// See [`ObjectKind::without_chosen_names`].
            pub fn without_chosen_names(&self) -> Self {
                match self { $(Object::$kind(it) => it.without_chosen_names().into()),* }
            }
            /// See [`ObjectKind::create`].
            pub fn create(&self, style: &Style) -> Vec<Statement> { match self { $(Object::$kind(it) => it.create(style)),* } }
            /// See [`ObjectKind::clause`].
            pub fn clause(&self, style: &Style) -> Option<String> { match self { $(Object::$kind(it) => it.clause(style)),* } }
            /// See [`ObjectKind::is_inseparable`].
            pub fn is_inseparable(&self, schema: &Schema, coming: bool) -> bool {
                match self { $(Object::$kind(it) => it.is_inseparable(schema, coming)),* }
            }
            /// See [`ObjectKind::alike`].
            pub fn alike(&self) -> Option<String> { match self { $(Object::$kind(it) => it.alike()),* } }
            /// See [`ObjectKind::create_with`].
            pub fn create_with(&self, style: &Style, clauses: &[String]) -> Vec<Statement> {
                match self { $(Object::$kind(it) => it.create_with(style, clauses)),* }
            }
            /// See [`ObjectKind::drop`].
            pub fn drop(&self, style: &Style) -> Vec<Statement> { match self { $(Object::$kind(it) => $kind::drop(it, style)),* } }
            /// See [`ObjectKind::create_online`].
            pub fn create_online(&self, context: &Context) -> Option<Vec<Statement>> {
                match self { $(Object::$kind(it) => it.create_online(context)),* }
            }
            /// See [`ObjectKind::drop_online`].
            pub fn drop_online(&self, context: &Context) -> Option<Vec<Statement>> {
                match self { $(Object::$kind(it) => it.drop_online(context)),* }
            }
            /// See [`ObjectKind::alter`]. Objects of two kinds can only replace each other.
            pub fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
                match (from, to) {
                    $((Object::$kind(from), Object::$kind(to)) => $kind::alter(context, from, to),)*
                    _ => Alteration::Replace,
                }
            }
            /// See [`ObjectKind::alters_behind`]. Nobody, where one is of another kind.
            pub fn alters_behind(context: &Context, from: &Self, to: &Self) -> Vec<Id> {
                match (from, to) {
                    $((Object::$kind(from), Object::$kind(to)) => from.alters_behind(context, to),)*
                    _ => Vec::new(),
                }
            }
            /// See [`ObjectKind::alters_ahead_of`].
            pub fn alters_ahead_of(&self, context: &Context) -> Vec<Id> {
                match self { $(Object::$kind(it) => it.alters_ahead_of(context)),* }
            }
            /// See [`ObjectKind::rename`].
            pub fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
                match (self, to) {
                    $((Object::$kind(from), Object::$kind(to)) => from.rename(style, to),)*
                    _ => None,
                }
            }
            /// See [`ObjectKind::renamed`].
            pub fn renamed(&self, rename: &Renaming) -> Self { match self { $(Object::$kind(it) => it.renamed(rename).into()),* } }
            /// See [`ObjectKind::could_become`].
            pub fn could_become(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Object::$kind(from), Object::$kind(to)) => from.could_become(to),)*
                    _ => false,
                }
            }
            /// See [`ObjectKind::relaxed`].
            pub fn relaxed(&self, style: &Style) -> Option<Relaxed<Object>> {
                match self { $(Object::$kind(it) => it.relaxed(style).map(|relaxed| Relaxed {
                    object: relaxed.object.into(), lacks: relaxed.lacks, guard: relaxed.guard,
                })),* }
            }
            /// See [`ObjectKind::tolerates_null`].
            pub fn tolerates_null(&self, column: &Id) -> bool { match self { $(Object::$kind(it) => it.tolerates_null(column)),* } }
            /// See [`ObjectKind::lost_by_drop`].
            pub fn lost_by_drop(&self) -> Option<String> { match self { $(Object::$kind(it) => it.lost_by_drop()),* } }
            /// See [`ObjectKind::lost_by_alter`].
            pub fn lost_by_alter(&self, to: &Self) -> Option<String> {
                match (self, to) {
                    $((Object::$kind(from), Object::$kind(to)) => from.lost_by_alter(to),)*
                    _ => None,
                }
            }
            /// See [`ObjectKind::comes`].
            pub fn comes(&self, before: &Schema) -> Stage { match self { $(Object::$kind(it) => it.comes(before)),* } }
            /// See [`ObjectKind::CAN_BE_TWICE`].
            pub fn can_be_twice(&self) -> bool { match self { $(Object::$kind(_) => <$kind as ObjectKind>::CAN_BE_TWICE),* } }
            /// See [`ObjectKind::bridge`]. What becomes another kind of object is as it was.
            pub fn bridge(&self, to: Option<&Self>, before: &Schema, style: &Style) -> Bridge<Object> {
                match (self, to) {
                    $((Object::$kind(from), Some(Object::$kind(to))) => from.bridge(Some(to), before, style).map(Object::from),)*
                    $((Object::$kind(from), None) => from.bridge(None, before, style).map(Object::from),)*
                    _ => Bridge::AsItWas,
                }
            }
            /// See [`ObjectKind::kept`].
            pub fn kept(&self, keeping: &Keeping) -> Option<Kept> { match self { $(Object::$kind(it) => it.kept(keeping)),* } }
            /// See [`ObjectKind::rebuild`].
            pub fn rebuild(&self) -> Rebuild { match self { $(Object::$kind(it) => it.rebuild()),* } }
            /// See [`ObjectKind::released`].
            pub fn released(&self, schema: &Schema, from: &Id) -> Option<Object> {
                match self { $(Object::$kind(it) => it.released(schema, from).map(Object::from)),* }
            }
            /// See [`ObjectKind::midway`].
            pub fn midway(&self, to: &Self) -> Option<Object> {
                match (self, to) {
                    $((Object::$kind(from), Object::$kind(to)) => from.midway(to).map(Object::from),)*
                    _ => None,
                }
            }
            /// See [`ObjectKind::part_renamed`].
            pub fn part_renamed(&self, to: &Self) -> Option<Renaming> {
                match (self, to) {
                    $((Object::$kind(from), Object::$kind(to)) => from.part_renamed(to),)*
                    _ => None,
                }
            }
            /// See [`ObjectKind::HOLDS_DATA`].
            pub fn holds_data(&self) -> bool { match self { $(Object::$kind(_) => <$kind as ObjectKind>::HOLDS_DATA),* } }
            /// See [`ObjectKind::WATCHES_CHANGES`].
            pub fn watches_changes(&self) -> bool { match self { $(Object::$kind(_) => <$kind as ObjectKind>::WATCHES_CHANGES),* } }
            /// See [`ObjectKind::ONLY_ONE`].
            pub fn is_only_one(&self) -> bool { match self { $(Object::$kind(_) => <$kind as ObjectKind>::ONLY_ONE),* } }
            /// See [`ObjectKind::COMES_LAST`].
            pub fn comes_last(&self) -> bool { match self { $(Object::$kind(_) => <$kind as ObjectKind>::COMES_LAST),* } }
            /// See [`ObjectKind::brings`].
            pub fn brings(&self, schema: &Schema) -> Vec<Object> { match self { $(Object::$kind(it) => it.brings(schema)),* } }
            /// See [`ObjectKind::phrase`].
            pub fn phrase(&self) -> String { match self { $(Object::$kind(it) => it.phrase()),* } }
        }
    };
}
