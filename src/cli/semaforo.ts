#!/usr/bin/env node
import { CommanderError } from "commander";
import { explained } from "./complaint.ts";
import { EXIT } from "./exit-code.ts";
import { createProgram } from "./program.ts";
import { systemTerminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

const terminal = systemTerminal();
let code: number = EXIT.unknown;
const program = createProgram(VERSION, terminal, (given) => {
	code = given;
});
program.exitOverride();
for (const command of program.commands) command.exitOverride();

try {
	await program.parseAsync();
} catch (error) {
	if (error instanceof CommanderError) code = error.exitCode === 0 ? EXIT.operational : EXIT.unknown;
	else terminal.stderr.write(`${explained(error)}\n`);
}
// a resolver that hangs would keep its thread, and the process with it, for long after all is said
for (const stream of [terminal.stdout, terminal.stderr]) await new Promise((said) => stream.write("", said));
process.exit(code);
