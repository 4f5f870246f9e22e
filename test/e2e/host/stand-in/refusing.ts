/** What a stand-in has of one of Electron's objects: the same names, told the same things. */
export type StandIn<T> = {
	[K in keyof T]?: T[K] extends (...args: infer A) => unknown ? (...args: A) => unknown : T[K];
};

/** What promises ask of any object, and what printing one does. */
const HARMLESS = new Set<PropertyKey>(["then", "toJSON", "constructor", Symbol.toStringTag]);

/** The object, which says by name what it does not have: a test that needs more than the stand-in can do must not pass by chance. */
export function refusing<T extends object>(name: string, object: T): T {
	return new Proxy(object, {
		get(target, key) {
			if (key in target || typeof key === "symbol" || HARMLESS.has(key)) {
				const value: unknown = Reflect.get(target, key);
				return typeof value === "function" ? value.bind(target) : value;
			}
			throw new Error(`the stand-in host does not implement ${name}.${key}`);
		},
	});
}
