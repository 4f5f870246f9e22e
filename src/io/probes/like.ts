/** Whether a text is like a pattern, in which `*` stands for anything and all else for itself. Takes no longer than the two are long. */
export function isLike(text: string, pattern: string): boolean {
	const [head = "", ...rest] = pattern.split("*");
	const tail = rest.pop();
	if (tail === undefined) return text === pattern;
	const end = text.length - tail.length;
	if (!text.startsWith(head) || !text.endsWith(tail) || end < head.length) return false;
	let at = head.length;
	return rest.every((part) => {
		const found = text.indexOf(part, at);
		at = found + part.length;
		return found !== -1 && at <= end;
	});
}
