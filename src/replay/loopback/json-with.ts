type Scalar = string | number | boolean | null;
type Tree = { [step: string]: Tree | Scalar };

/** JSON text with these values at these pointers (RFC 6901); in a text, `*` stands for anything, and becomes nothing. */
export function jsonWith(values: Readonly<Record<string, Scalar>>): string {
	const whole = values[""];
	if (whole !== undefined) return JSON.stringify(whole);
	const tree: Tree = {};
	for (const [pointer, value] of Object.entries(values)) {
		const steps = pointer.split("/").slice(1).map(unescaped);
		const last = steps.pop() ?? "";
		const parent = steps.reduce(childOf, tree);
		parent[last] = typeof value === "string" ? value.replaceAll("*", "") : value;
	}
	return JSON.stringify(tree);
}

function unescaped(step: string): string {
	return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function childOf(tree: Tree, step: string): Tree {
	const known = Object.hasOwn(tree, step) ? tree[step] : undefined;
	if (typeof known === "object" && known !== null) return known;
	const child: Tree = {};
	tree[step] = child;
	return child;
}
