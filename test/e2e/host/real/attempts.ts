import { launched } from "./open.ts";

// Tries to start each of the binaries named, and prints what became of it as JSON. A process of its own: of a start that fails
// Playwright leaves promises behind that nobody looks after.

const [folder = "", ...binaries] = process.argv.slice(2);
const said: string[] = [];
for (const binary of binaries) {
	const starting = launched(binary, { program: folder, home: folder });
	said.push(
		await starting.then(
			() => "started",
			(error: Error) => error.message,
		),
	);
}
process.stdout.write(`${JSON.stringify(said)}\n`);
process.exit();
