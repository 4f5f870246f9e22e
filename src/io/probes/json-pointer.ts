/** The value at a JSON pointer (RFC 6901), or `undefined` where there is none. Never throws. */
export function valueAt(json: unknown, pointer: string): unknown {
	if (pointer === "") return json;
	const [before, ...steps] = pointer.split("/");
	if (before !== "") return undefined;
	return steps
		.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
		.reduce<unknown>((value, step) => childOf(value, step), json);
}

function childOf(value: unknown, step: string): unknown {
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
	// of a list only its items have pointers, not its length
	return Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(step) ? undefined : Reflect.get(value, step);
}
