/** Loads every page anew that a program shows which listens for a debugger on that port. */
export async function reloadPages(port: number): Promise<void> {
	const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
	const targets = (await answer.json()) as readonly { readonly type: string; readonly webSocketDebuggerUrl: string }[];
	await Promise.all(targets.filter(({ type }) => type === "page").map((page) => reload(page.webSocketDebuggerUrl)));
}

function reload(address: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(address);
		socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: "Page.reload", params: { ignoreCache: true } }));
		socket.onmessage = () => socket.close();
		socket.onclose = () => resolve();
		socket.onerror = () => reject(new Error(`no page answers at ${address}`));
	});
}
