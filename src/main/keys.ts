import type { SafeStorage } from "electron";
import { z } from "zod";
import { REPORTS_PROVIDERS, type ReportsProvider } from "../core/check.ts";

/** Where the locked keys are kept, as base64 by provider. */
export interface KeyShelf {
	read(): unknown;
	write(locked: Readonly<Partial<Record<ReportsProvider, string>>>): void;
}

type Lock = Pick<SafeStorage, "isEncryptionAvailable" | "encryptStringAsync" | "decryptStringAsync"> &
	Partial<Pick<SafeStorage, "getSelectedStorageBackend">>;

const shelf = z.partialRecord(z.enum(REPORTS_PROVIDERS), z.string().max(4000));

/** The user's keys, locked by the system's own key store. Without one nothing is kept: a key on disk for all to read is worse than none. */
export class Keys {
	readonly #shelf: KeyShelf;
	readonly #lock: Lock;
	readonly #open = new Map<ReportsProvider, string>();

	constructor(keyShelf: KeyShelf, lock: Lock) {
		this.#shelf = keyShelf;
		this.#lock = lock;
	}

	/** Unlocks what is kept; `onTrouble` hears of each key that cannot be. */
	async load(onTrouble: (error: unknown) => void): Promise<void> {
		for (const [provider, locked] of Object.entries(this.#locked())) {
			try {
				const { result } = await this.#lock.decryptStringAsync(Buffer.from(locked, "base64"));
				this.#open.set(provider as ReportsProvider, result);
			} catch (error) {
				onTrouble(error);
			}
		}
	}

	keyOf = (provider: ReportsProvider): string | undefined => this.#open.get(provider);

	known(): readonly ReportsProvider[] {
		return REPORTS_PROVIDERS.filter((provider) => this.#open.has(provider));
	}

	/** Without a key, forgets it. Rejects where there is nowhere safe to keep it. */
	async keep(provider: ReportsProvider, key: string | undefined): Promise<void> {
		const { [provider]: _, ...others } = this.#locked();
		if (key === undefined) {
			this.#shelf.write(others);
			this.#open.delete(provider);
			return;
		}
		if (!this.#isSafe()) throw new Error("this system has no key store that is open");
		const locked = await this.#lock.encryptStringAsync(key);
		this.#shelf.write({ ...others, [provider]: locked.toString("base64") });
		this.#open.set(provider, key);
	}

	/** `basic_text` is Chromium's word for no protection at all. */
	#isSafe(): boolean {
		return this.#lock.isEncryptionAvailable() && this.#lock.getSelectedStorageBackend?.() !== "basic_text";
	}

	#locked(): Partial<Record<ReportsProvider, string>> {
		const checked = shelf.safeParse(this.#shelf.read());
		return checked.success ? checked.data : {};
	}
}
