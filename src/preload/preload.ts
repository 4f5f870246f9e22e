import { contextBridge, ipcRenderer } from "electron";
import { type Bridge, CALLS, type Call, EVENTS } from "../ipc/contract.ts";

const calls = Object.fromEntries(
	(Object.keys(CALLS) as Call[]).map((call) => [call, (...args: unknown[]) => ipcRenderer.invoke(call, ...args)]),
) as unknown as Omit<Bridge, "on">;

const bridge: Bridge = {
	...calls,
	on(event, listener) {
		if (!Object.hasOwn(EVENTS, event)) throw new Error("no such event");
		const relay = (_: unknown, payload: Parameters<typeof listener>[0]) => listener(payload);
		ipcRenderer.on(event, relay);
		return () => void ipcRenderer.off(event, relay);
	},
};

contextBridge.exposeInMainWorld("semaforo", bridge);
