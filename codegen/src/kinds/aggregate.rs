//! `CREATE AGGREGATE`

use serde::{Deserialize, Serialize};

use super::routine;
use super::{Alteration, Claim, Context, ExtensionDependency, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::Style;

/// An aggregate function: plain, ordered-set or hypothetical-set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aggregate {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Its arguments as CREATE AGGREGATE and DROP AGGREGATE want them: `*`, or `numeric ORDER BY anyelement`.
    pub signature: String,
    /// The type of its result, which follows from the options.
    pub returns: String,
    /// How many arguments are evaluated once and not per row, if it is an ordered-set aggregate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direct: Option<usize>,
    /// `SFUNC = ...`, `STYPE = ...` and so on, in the order of the manual.
    pub options: Vec<String>,
}

impl Aggregate {
    fn definition(&self, style: &Style, verb: &str) -> Statement {
        Statement::new(format!(
            "{verb} {}({}) (\n  {}\n)",
            style.name(&self.schema, &self.name),
            self.signature,
            self.options.join(",\n  ")
        ))
    }
}

impl ObjectKind for Aggregate {
    const NAME: &'static str = "aggregate";
    const CATALOG: &str = r#"
        SELECT 'pg_proc'::regclass, f.oid, 0, jsonb_build_object(
            'schema', f.schema, 'name', f.name, 'signature', f.signature,
            'returns', pg_get_function_result(f.oid),
            'direct', CASE WHEN a.aggkind <> 'n' THEN a.aggnumdirectargs END,
            'options', array_remove(ARRAY[
              'SFUNC = ' || a.aggtransfn,
              'STYPE = ' || format_type(a.aggtranstype, NULL),
              'SSPACE = ' || nullif(a.aggtransspace, 0),
              'FINALFUNC = ' || nullif(a.aggfinalfn::text, '-'),
              CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
              -- The modes that are not said differ between plain and ordered-set aggregates.
              CASE WHEN a.aggfinalfn <> 0 AND a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
                THEN 'FINALFUNC_MODIFY = ' || mode.of_final END,
              'COMBINEFUNC = ' || nullif(a.aggcombinefn::text, '-'),
              'SERIALFUNC = ' || nullif(a.aggserialfn::text, '-'),
              'DESERIALFUNC = ' || nullif(a.aggdeserialfn::text, '-'),
              'INITCOND = ' || quote_literal(a.agginitval),
              'MSFUNC = ' || nullif(a.aggmtransfn::text, '-'),
              'MINVFUNC = ' || nullif(a.aggminvtransfn::text, '-'),
              CASE WHEN a.aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(a.aggmtranstype, NULL) END,
              'MSSPACE = ' || nullif(a.aggmtransspace, 0),
              'MFINALFUNC = ' || nullif(a.aggmfinalfn::text, '-'),
              CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
              CASE WHEN a.aggmfinalfn <> 0 AND a.aggmfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
                THEN 'MFINALFUNC_MODIFY = ' || mode.of_moving END,
              'MINITCOND = ' || quote_literal(a.aggminitval),
              'SORTOP = OPERATOR(' || quote_ident(n.nspname) || '.' || o.oprname || ')',
              'PARALLEL = ' || CASE f.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END,
              CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END
            ], NULL)
          )
        FROM routine AS f
        JOIN pg_aggregate AS a ON a.aggfnoid = f.oid
        LEFT JOIN pg_operator AS o ON o.oid = a.aggsortop
        LEFT JOIN pg_namespace AS n ON n.oid = o.oprnamespace
        CROSS JOIN LATERAL (SELECT
          CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END AS of_final,
          CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END AS of_moving
        ) AS mode"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_proc WHERE oid >= 16384 AND prokind = 'a')";

    fn reference(path: &[String], style: &Style) -> String {
        routine::reference("AGGREGATE", path, style)
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone(), self.signature.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        vec![Claim::Routine(self.schema.clone(), self.name.clone(), self.signature.clone())]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        vec![self.definition(style, "CREATE AGGREGATE")]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP AGGREGATE {}{name}({})", style.if_exists(), self.signature))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        // As for functions, the result stays what it is (documentation, CREATE AGGREGATE).
        if from.returns != to.returns || from.direct != to.direct || is_hypothetical(from) != is_hypothetical(to) {
            return Alteration::Replace;
        }
        let mut statements = vec![to.definition(context.style, "CREATE OR REPLACE AGGREGATE")];
        statements.extend(ExtensionDependency::said_again(context, &Id::new(Kind::Aggregate, to.path())));
        Alteration::InPlace(statements)
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }

    fn phrase(&self) -> String {
        format!("aggregate {}", self.name)
    }
}

fn is_hypothetical(aggregate: &Aggregate) -> bool {
    aggregate.options.iter().any(|option| option == "HYPOTHETICAL")
}
