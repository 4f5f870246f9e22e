import { openHistory } from "../../../../src/io/history/history-db.ts";

// Opens a history and prints what came of it. Usage: open.ts <file>

try {
	openHistory({ file: process.argv[2] ?? "", now: Date.now, onTrouble: () => {} }).close();
	process.stdout.write("opened");
} catch (error) {
	process.stdout.write(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
