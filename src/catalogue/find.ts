import type { ServiceId } from "../core/model.ts";
import type { ServiceFile } from "./schema.ts";

/** A service as a name leads to it. */
export interface Found {
	readonly id: ServiceId;
	/** Set where the name is an id that the service had before. */
	readonly formerly?: string;
}

/** The service behind a name as people write it: an id, an alias, an old id or the service's own name, in any case. */
export function findService(files: ReadonlyMap<ServiceId, ServiceFile>, name: string): Found | undefined {
	const asked = name.toLowerCase();
	if (files.has(asked)) return { id: asked };
	for (const [id, file] of files) {
		if (file.name.toLowerCase() === asked || file.aliases.includes(asked)) return { id };
		if (file.oldIds.includes(asked)) return { id, formerly: asked };
	}
	return;
}
