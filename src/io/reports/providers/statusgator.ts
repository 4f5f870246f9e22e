import { z } from "zod";
import { Unreadable } from "../../sources/source.ts";
import { isNamed } from "../names.ts";
import { LIST_LIMIT, type Reading, type Reports } from "../provider.ts";

const BASE = "https://statusgator.com/api/v3";
const SHARED_MS = 4 * 60_000;

const boards = z.object({ data: z.array(z.object({ id: z.string().min(1).max(100) })).min(1) });
const monitor = z.object({
	display_name: z.string().nullish(),
	name: z.string().nullish(),
	filtered_status: z.string(),
	early_warning_signal: z.boolean().nullish(),
	service: z.object({ name: z.string().nullish(), slug: z.string().nullish() }).nullish(),
});
const monitors = z.object({ data: z.array(monitor).transform((list) => list.slice(0, LIST_LIMIT)) });

/** Whether its word for a state means trouble; `maintenance` is what the vendor has announced. */
const TROUBLE: Readonly<Record<string, boolean>> = { up: false, maintenance: false, warn: true, down: true };

/** The services on the user's own board: what their pages say, and whether many people report trouble before they do. */
export const statusgator: Reports = {
	provider: "statusgator",
	host: "statusgator.com",
	name: "StatusGator",
	covers: () => true,
	async read(subject, reading) {
		const url = `${BASE}/boards/${encodeURIComponent(await boardOf(reading))}/monitors`;
		const { data } = await reading.ask({ url, shape: monitors, what: "a list of monitors", sharedForMs: SHARED_MS });
		const own = data.find(({ display_name, name, service }) =>
			[display_name, name, service?.name, service?.slug].some((each) => each && isNamed(subject, each)),
		);
		if (!own)
			throw new Unreadable(`there is no monitor for “${subject.name}” on the board; StatusGator lets you add one`);
		const status = own.filtered_status.toLowerCase();
		const known = Object.hasOwn(TROUBLE, status) ? TROUBLE[status] : undefined;
		const trouble = own.early_warning_signal === true || known;
		if (trouble === undefined)
			throw new Unreadable(`expected up, warn, down or maintenance, found “${status.slice(0, 40)}”`);
		return { kind: "noted", trouble, regions: [] };
	},
};

async function boardOf({ ask, memory }: Reading): Promise<string> {
	const known = memory.get("board");
	if (known !== undefined) return known;
	const { data } = await ask({
		url: `${BASE}/boards`,
		shape: boards,
		what: "a list of boards",
		sharedForMs: SHARED_MS,
	});
	const id = data[0]?.id ?? "";
	memory.set("board", id);
	return id;
}
