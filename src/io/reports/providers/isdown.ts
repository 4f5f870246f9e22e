import { z } from "zod";
import { Unreadable } from "../../sources/source.ts";
import { isNamed } from "../names.ts";
import { LIST_LIMIT, type Reports } from "../provider.ts";

const URL_OF_SERVICES = "https://isdown.app/api/v1/services";
const SHARED_MS = 4 * 60_000;

const service = z.object({ name: z.string(), slug: z.string().nullish(), status: z.string() });
const list = z.array(service).transform((services) => services.slice(0, LIST_LIMIT));
const services = z
	.union([list, z.object({ services: list }), z.object({ data: list })])
	.transform((found) => (Array.isArray(found) ? found : "services" in found ? found.services : found.data));

/** Whether its word for a state means trouble. */
const TROUBLE: Readonly<Record<string, boolean>> = {
	operational: false,
	maintenance: false,
	minor: true,
	major: true,
};

/** The services that the user's account watches, in three words: operational, minor, major. */
export const isdown: Reports = {
	provider: "isdown",
	host: "isdown.app",
	name: "IsDown",
	covers: () => true,
	async read(subject, { ask }) {
		const all = await ask({
			url: URL_OF_SERVICES,
			shape: services,
			what: "a list of services",
			sharedForMs: SHARED_MS,
		});
		const own = all.find(({ name, slug }) => isNamed(subject, name) || (slug && isNamed(subject, slug)));
		if (!own)
			throw new Unreadable(`“${subject.name}” is not among the services of the account; IsDown lets you add it`);
		const status = own.status.toLowerCase();
		const trouble = Object.hasOwn(TROUBLE, status) ? TROUBLE[status] : undefined;
		if (trouble === undefined)
			throw new Unreadable(`expected operational, minor or major, found “${status.slice(0, 40)}”`);
		return { kind: "noted", trouble, regions: [] };
	},
};
