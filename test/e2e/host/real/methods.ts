/** A method that tells of each call once it has done its own work. */
export function after<T extends object, K extends keyof T>(
	object: T,
	name: K,
	tell: (...args: T[K] extends (...args: infer A) => unknown ? A : never) => void,
): void {
	const own = object[name] as (...args: unknown[]) => unknown;
	const telling = function (this: unknown, ...args: unknown[]): unknown {
		const result = own.apply(this, args);
		(tell as (...args: unknown[]) => void)(...args);
		return result;
	};
	Object.defineProperty(object, name, { configurable: true, writable: true, value: telling });
}

/** A method that does something else altogether. */
export function instead<T extends object, K extends keyof T>(object: T, name: K, value: unknown): void {
	Object.defineProperty(object, name, { configurable: true, writable: true, value });
}
