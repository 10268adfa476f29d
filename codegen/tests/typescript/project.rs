//! Projects whose artifacts are tested, and the tools that look at them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use codegen::emit::{Settings, World, select, typescript};
use codegen::output::{Artifact, Content};
use codegen::read::{self, Sources};
use tempfile::TempDir;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const NASTY: &str = include_str!("nasty.txt");

/// The TypeScript and the SELECTs of a project.
pub struct Project {
    pub artifacts: Vec<Artifact>,
}

/// A folder with the artifacts of a project, TypeScript and Biome.
pub struct Tools {
    folder: TempDir,
}

/// The schema of this repository.
pub fn repository() -> Project {
    Project::of(&Sources::read(Path::new(ROOT)).unwrap())
}

/// A schema of odd names and of every built-in type.
pub fn nasty() -> Project {
    Project::of(&Sources::of([("schema/src/lib.rs", NASTY)]))
}

/// The schema of this repository, with one file of a consumer as a region of a hand-written one.
pub fn with_region(path: &str, region: &str) -> Project {
    let mut project = repository();
    let whole = Path::new("generated").join(path);
    for artifact in &mut project.artifacts {
        if let (true, Content::Whole(text)) = (artifact.path == whole, &artifact.content) {
            let content = Content::Region { name: region.to_owned(), text: text.clone() };
            *artifact = Artifact { path: path.into(), content };
        }
    }
    project
}

impl Project {
    /// The text of one artifact.
    pub fn text(&self, path: &str) -> String {
        let artifact = self.artifacts.iter().find(|it| it.path == Path::new(path));
        match artifact.map(|it| &it.content) {
            Some(Content::Whole(text) | Content::Region { text, .. }) => text.clone(),
            None => panic!("{path} is not made"),
        }
    }

    fn of(sources: &Sources) -> Self {
        let declared = read::declared(sources).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let settings = Settings::of(&declared.declarations);
        let world = World::new(&declared.declarations, &declared.schema, settings, None);
        Self { artifacts: [typescript::emit(&world), select::emit(&world)].concat() }
    }
}

impl Tools {
    /// A folder of its own with the artifacts, and the settings of the seed's project for both tools.
    pub fn new(project: &Project) -> Self {
        let modules = Path::new(ROOT).join("tools/node/node_modules");
        assert!(modules.join("typescript").is_dir(), "TypeScript and Biome are missing; run `tools/setup`");
        let tools = Self { folder: TempDir::new().unwrap() };
        for artifact in &project.artifacts {
            if let Content::Region { .. } = artifact.content {
                tools.write(artifact.path.to_str().unwrap(), super::REGION);
            }
        }
        super::settle(project, tools.folder.path());
        tools.write("tsconfig.json", &tsconfig(&modules));
        tools.write("package.json", "{ \"type\": \"module\" }\n");
        tools.write("biome.json", BIOME);
        tools
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Fails with what the compiler says against any file of the folder.
    pub fn compile(&self) {
        let says = self.compiler_says();
        assert!(says.is_empty(), "{says}");
    }

    pub fn compiler_says(&self) -> String {
        text(&self.run("tsc", &["--project", "tsconfig.json", "--pretty", "false"]))
    }

    /// Fails with what Biome would change or call an error below a folder.
    pub fn lint(&self, folder: &str) {
        let output = self.run("biome", &["check", "--max-diagnostics=50", "--colors=off", folder]);
        assert!(output.status.success(), "{}", text(&output));
    }

    fn run(&self, tool: &str, arguments: &[&str]) -> Output {
        let program = Path::new(ROOT).join("tools/node/node_modules/.bin").join(tool);
        let program = program.canonicalize().unwrap();
        let mut command = Command::new("node");
        command.arg(program).args(arguments).current_dir(self.folder.path());
        command.output().expect("Node.js is installed, since the tools are")
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

fn tsconfig(modules: &Path) -> String {
    let types = modules.join("@types").canonicalize().unwrap();
    format!(
        "{{ \"compilerOptions\": {{ \"strict\": true, \"noEmit\": true, \"module\": \"nodenext\", \"target\": \"es2022\",
        \"exactOptionalPropertyTypes\": true, \"noUncheckedIndexedAccess\": true, \"skipLibCheck\": true,
        \"verbatimModuleSyntax\": true, \"types\": [\"node\"], \"typeRoots\": [{types:?}] }} }}\n"
    )
}

const BIOME: &str = r#"{
	"root": true,
	"formatter": { "indentStyle": "tab" },
	"javascript": { "formatter": { "quoteStyle": "double" } },
	"overrides": [
		{
			"includes": ["**/spaces/**"],
			"formatter": { "indentStyle": "space", "indentWidth": 2 },
			"javascript": { "formatter": { "quoteStyle": "single" } }
		}
	]
}
"#;
