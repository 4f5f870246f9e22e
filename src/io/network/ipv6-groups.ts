/** The eight numbers of an IPv6 address without a zone; the URL parser writes every spelling the same way first. */
export function groupsOf(address: string): number[] {
	const [head = "", tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
	const left = head === "" ? [] : head.split(":");
	const right = tail === undefined || tail === "" ? [] : tail.split(":");
	const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
	return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
}
