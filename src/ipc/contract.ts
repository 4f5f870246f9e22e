import type { ProbeSpec, ReportsProvider } from "../core/check.ts";
import type { LayerReport } from "../core/diagnosis-layers.ts";
import type { Incident } from "../core/incidents.ts";
import type { ServiceId } from "../core/model.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Wish } from "../core/wishes.ts";
import type {
	AppFacts,
	AppHealth,
	CatalogueEntry,
	Examination,
	FileToSave,
	Folder,
	KeptData,
	PageFound,
	ProbeTry,
	SaveResult,
	ServiceBars,
	ServiceChecks,
	ServiceHistory,
	Span,
	TestResult,
} from "./answers.ts";
import type { CertificateFile, ChangeResult, SettingsFile, SettingsPatch, SettingsView } from "./settings.ts";

/** What a page may ask of the main process: the name is the channel, the signature is what goes over it. All of it survives cloning. */
export interface Calls {
	current(): Snapshot;
	/** Asks these services, or all, as soon as politeness allows. */
	checkNow(services?: readonly ServiceId[]): void;
	wish(wish: PageWish): void;
	settings(): SettingsView;
	/** All of the patch or nothing; what whoever set this computer up has locked stays as it is. */
	changeSettings(patch: SettingsPatch): ChangeResult;
	/** Keeps a key of the user's with the system's key store; without a key, forgets it. */
	keepKey(provider: ReportsProvider, key?: string): SettingsView;
	/** Forgets the login of the proxy, and that of every other proxy that was used. */
	forgetLogin(): SettingsView;
	/** Lets people pick a file of settings, and tries it. Nothing is changed. */
	pickSettings(): SettingsFile;
	/** Lets people pick a file of root certificates, and tries it. Nothing is changed. */
	pickCertificate(): CertificateFile;
	kept(): KeptData;
	/** Opens one of the app's own folders in the system's file manager. Resolves to false where that does not work. */
	openFolder(folder: Folder): boolean;
	/** Asks, then forgets all that was seen but what goes on now. Resolves to false where people said no, or it could not be done. */
	forgetHistory(): boolean;
	/** Every service there is to choose from, the most popular first. */
	catalogue(): readonly CatalogueEntry[];
	/** Looks for a status page behind an address, of the intranet too. Nothing is kept. Another look ends the one before. */
	lookAt(address: string): PageFound;
	/** Runs a probe once, as it would be run if it were watched. Nothing is kept. */
	tryProbe(probe: ProbeSpec): ProbeTry;
	/** Opens a page in the browser. Resolves to false where it is not allowed, or people said no. */
	openPage(page: PageWanted): boolean;
	/** Is it just me? Without a service, about the connection alone. Another one ends the one before, which then comes to `hold`. */
	diagnose(service?: ServiceId): Examination;
	history(of: HistoryWanted): ServiceHistory;
	/** The last day of each watched service, or a span, in their order; none where no history is kept. */
	bars(span?: Span): readonly ServiceBars[];
	/** What a service is judged by; `undefined` where it is not watched. */
	checks(service: ServiceId): ServiceChecks | undefined;
	/** An outage, going on or past, by its id or that of one that turned out to be part of it. */
	incident(id: string): Incident | undefined;
	/** Asks where to keep a file, and writes it there; at most 5 million characters. */
	save(file: FileToSave): SaveResult;
	/** Shows a notification, and says whether the system took it. */
	testNotification(): TestResult;
	/** Puts text into the clipboard; at most 100,000 characters. */
	copy(text: string): void;
	/** The language to speak, as a tag such as `it`. */
	language(): string;
	/** What troubles the app itself. */
	health(): AppHealth;
	facts(): AppFacts;
	/** Shows a window in front; an open one turns to what is asked for. */
	openWindow(window: WindowName, about?: About): void;
	/** The page's own window goes away: the popover hides, others close. */
	close(): void;
	/** The popover takes this height, in CSS pixels, as far as the screen allows; other windows stay as they are. */
	fit(height: number): void;
	quit(): void;
}

/** What the main process tells the pages that are open. */
export interface Events {
	/** Something changed; at most twice a second, and only while the window is shown. It is told again when the window is shown. */
	snapshot: Snapshot;
	/** A layer of the page's own diagnosis has been looked at. */
	diagnosis: LayerReport;
	settings: SettingsView;
}

export type Call = keyof Calls;
export type EventName = keyof Events;

/** What a page sees as `window.semaforo`: every call as a function that promises its answer, and `on`, which returns its own end. */
export type Bridge = {
	readonly [C in Call]: (...args: Parameters<Calls[C]>) => Promise<ReturnType<Calls[C]>>;
} & {
	on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
};

/** What people wish on a page: what the computer notices by itself is no wish of theirs. */
type PageWish = Extract<Wish, { readonly kind: "muted" | "unmuted" | "back_wanted" | "back_unwanted" }>;

/**
 * The official page of a service, or one that the Snapshot names; only https, and only hosts that the catalogue or the user knows. For a
 * network that wants a login (`signIn`), a plain page of the catalogue's, in whose place that network puts its own.
 */
export type PageWanted = { readonly service: ServiceId } | { readonly url: string } | { readonly signIn: true };

interface HistoryWanted {
	readonly service: ServiceId;
	readonly span: Span;
}

/** The windows beside the popover; each is the page of that name, `app://semaforo/details.html`. */
export const WINDOWS = ["details", "settings", "welcome", "diagnosis"] as const;
export type WindowName = (typeof WINDOWS)[number];

/** What a window is about; the page finds it in its address, as `?service=x&incident=i1`. */
export interface About {
	readonly service?: ServiceId;
	readonly incident?: string;
	/** Of the settings, by its name there. */
	readonly section?: string;
}

/** Every channel there is; one that is missing here, or too many, does not compile. */
export const CALLS = {
	current: true,
	checkNow: true,
	wish: true,
	settings: true,
	changeSettings: true,
	keepKey: true,
	forgetLogin: true,
	pickSettings: true,
	pickCertificate: true,
	kept: true,
	openFolder: true,
	forgetHistory: true,
	catalogue: true,
	lookAt: true,
	tryProbe: true,
	openPage: true,
	diagnose: true,
	history: true,
	bars: true,
	checks: true,
	incident: true,
	save: true,
	testNotification: true,
	copy: true,
	language: true,
	health: true,
	facts: true,
	openWindow: true,
	close: true,
	fit: true,
	quit: true,
} satisfies Record<Call, true>;

export const EVENTS = { snapshot: true, diagnosis: true, settings: true } satisfies Record<EventName, true>;
