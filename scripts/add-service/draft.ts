import { CATEGORIES } from "../../src/catalogue/categories.ts";
import { FEATURES } from "../../src/core/model.ts";
import type { OfficialComponent, OfficialPage } from "../../src/core/official.ts";

/** What stands where a person has to decide or to look something up; no draft is a good file before the last is gone. */
const FILL = "TO FILL IN";

/** A page as `inspectPage` found it. */
export interface FoundPage {
	readonly page: OfficialPage;
	/** Where it was read, after redirects. */
	readonly url: string;
}

/** A file of the catalogue, begun: what the page told, every component to be mapped or struck out, every source to be named. */
export function draftOf({ page, url }: FoundPage, today: string) {
	const { origin } = new URL(url);
	const provenance = (what: string) => ({ source: `${FILL}: ${what}`, date: today });
	const name = page.page.name.replace(/\s+status(?: page)?$/i, "") || FILL;
	return {
		id: idOf(name),
		name,
		kind: "service",
		owner: { id: FILL, name: FILL },
		category: `${FILL}: ${CATEGORIES.join(", ")}`,
		page: { url: page.page.url ?? `${origin}/`, provenance: provenance("who says that this is the official page") },
		sources: [
			{
				format: page.format,
				url,
				components: Object.fromEntries(keysOf(page.components).map((key) => [key, `${FILL} or strike out`])),
				provenance: provenance("who attests this address and these components"),
			},
		],
		features: {
			web: { probes: [{ type: "http", url: FILL, provenance: provenance("who attests this host") }] },
			[FILL]: { blind: `${FILL}: one of ${FEATURES.join(", ")}, with probes or with the reason why none can see it` },
		},
	};
}

/** The keys by which components are found again: with the group where there is one, by id where that is not enough. */
function keysOf(components: readonly OfficialComponent[]): string[] {
	const written = components.map(({ group, name }) => (group ? `${group} / ${name}` : name));
	return components.map(({ id }, index) => {
		const key = written[index] ?? id;
		return written.indexOf(key) === written.lastIndexOf(key) ? key : id;
	});
}

/** An id as the catalogue wants it, out of a name. */
function idOf(name: string): string {
	const plain = name
		.toLowerCase()
		.normalize("NFD")
		.replaceAll(/[^a-z0-9]+/g, "-");
	return (
		plain
			.replace(/^[^a-z]+/, "")
			.slice(0, 40)
			.replace(/-+$/, "") || "unnamed"
	);
}
