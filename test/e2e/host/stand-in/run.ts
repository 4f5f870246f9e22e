import { drive } from "../drive.ts";
import type { Ops } from "../ops.ts";
import { ordersIn } from "../orders.ts";
import { witness } from "./electron.ts";

/** The program under test, as its own process: the built main, over the stand-in. */
const ops = await drive(witness, ordersIn(process.env));

process.on("message", async ({ id, op, args }: { id: number; op: keyof Ops; args: unknown[] }) => {
	try {
		const value = await (ops[op] as (...args: unknown[]) => unknown)(...args);
		process.send?.({ id, value });
	} catch (error) {
		process.send?.({ id, error: error instanceof Error ? error.stack : String(error) });
	}
});
process.on("disconnect", () => process.exit(0));
