//! `ALTER OPERATOR FAMILY ... ADD`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::Style;

/// An operator or function that was added to an operator family by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyMember {
    /// The family's schema.
    pub schema: String,
    /// The family.
    pub family: String,
    /// The index access method.
    pub method: String,
    /// Its place in the family: `OPERATOR 1 (integer, bigint)`.
    pub place: String,
    /// All of it, as ADD wants it.
    pub definition: String,
}

impl FamilyMember {
    fn family(&self) -> Id {
        Id::new(Kind::OperatorFamily, [&self.schema, &self.family, &self.method])
    }

    fn alter_family(&self, style: &Style, action: &str) -> Vec<Statement> {
        let family = self.family();
        vec![Statement::new(format!("ALTER {} {action}", family.kind.reference(&family.path, style)))]
    }
}

impl ObjectKind for FamilyMember {
    const NAME: &'static str = "operator family member";
    const CATALOG: &str = r#"
        SELECT item.class, item.oid, 0, jsonb_build_object(
            'schema', n.name, 'family', f.opfname, 'method', a.amname, 'place', item.place, 'definition', item.text
          )
        FROM family_item AS item
        JOIN pg_depend AS d ON d.classid = item.class AND d.objid = item.oid AND d.deptype = 'a'
          AND d.refclassid = 'pg_opfamily'::regclass
        JOIN pg_opfamily AS f ON f.oid = d.refobjid
        JOIN namespace AS n ON n.oid = f.opfnamespace
        JOIN pg_am AS a ON a.oid = f.opfmethod
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_opfamily'::regclass AND objid = f.oid)"#;
    const THERE: &str =
        "EXISTS (SELECT FROM pg_amop WHERE oid >= 16384) OR EXISTS (SELECT FROM pg_amproc WHERE oid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.family.clone(), self.method.clone(), self.place.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn owner(&self) -> Option<Id> {
        Some(self.family())
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.alter_family(style, &format!("ADD {}", self.definition))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.alter_family(style, &format!("DROP {}", self.place))
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
