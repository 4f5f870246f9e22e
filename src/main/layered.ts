/** Where a settings' value may come from, the weakest first. */
export interface Layers<S extends object> {
	readonly defaults: S;
	/** What whoever set this computer up suggests. */
	readonly suggested: Partial<S>;
	readonly user: Partial<S>;
	/** What they insist on. */
	readonly locked: Partial<S>;
}

/** The settings in force: each value whole from the strongest layer that has it. */
export function layered<S extends object>({ defaults, suggested, user, locked }: Layers<S>): S {
	return { ...defaults, ...suggested, ...user, ...locked };
}
