/** Two letters that stand for a name where a brand's mark would: `Google Drive` GD, `WhatsApp` WA, `Signal` Si. */
export function monogram(name: string): string {
	const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
	const capitals = words.length === 1 ? (words[0]?.match(/\p{Lu}/gu) ?? []) : words.map((word) => [...word][0] ?? "");
	if (capitals.length >= 2) return capitals.slice(0, 2).join("").toUpperCase();
	const [first = "", second = ""] = words[0] ?? name;
	return first.toUpperCase() + second;
}
