// Parses diagrams with Mermaid's own parser: node mermaid-check.mjs FILE...
// A .mmd file is one diagram; of any other file every fenced block that says mermaid is.
// Exits 1 when a diagram is wrong, a file can't be read, or a file holds no diagram.

import { readFileSync } from "node:fs";
import { argv, exit } from "node:process";
import { JSDOM } from "jsdom";

// Mermaid cleans some texts with DOMPurify, which looks for a browser's window the moment it is loaded.
globalThis.window = new JSDOM("").window;
const { default: mermaid } = await import("mermaid");

const files = argv.slice(2);
if (files.length === 0) {
	console.error("usage: node mermaid-check.mjs FILE...");
	exit(1);
}
let failed = false;
for (const file of files) {
	for (const problem of await problemsOf(file)) {
		console.error(problem);
		failed = true;
	}
}
exit(failed ? 1 : 0);

/** What is wrong in a file, each as `file:line: reason`. */
async function problemsOf(file) {
	let text;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		return [`${file}: ${error.message}`];
	}
	const diagrams = file.endsWith(".mmd") ? [{ line: 1, text }] : blocksOf(text);
	if (diagrams.length === 0) {
		return [`${file}: no mermaid block found`];
	}
	const problems = [];
	for (const diagram of diagrams) {
		try {
			const { diagramType } = await mermaid.parse(diagram.text);
			console.log(`${file}:${diagram.line}: ${diagramType} diagram is valid`);
		} catch (error) {
			problems.push(`${file}:${diagram.line}: ${error.message}`);
		}
	}
	return problems;
}

/** The mermaid blocks of a Markdown text, each with the line that its diagram starts in. */
function blocksOf(markdown) {
	const blocks = [];
	let open;
	markdown.split(/\r?\n/).forEach((line, index) => {
		const fence = /^ {0,3}(`{3,}|~{3,})\s*(\S*)/.exec(line);
		if (open === undefined) {
			if (fence)
				open = {
					fence: fence[1],
					language: fence[2],
					line: index + 2,
					lines: [],
				};
		} else if (fence?.[1].startsWith(open.fence) && fence[2] === "") {
			blocks.push(open);
			open = undefined;
		} else {
			open.lines.push(line);
		}
	});
	// A fence that is never closed runs to the end of the text (CommonMark).
	if (open) blocks.push(open);
	return blocks
		.filter((block) => block.language === "mermaid")
		.map((block) => ({ line: block.line, text: block.lines.join("\n") }));
}
