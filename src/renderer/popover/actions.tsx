import { useId, useRef, useState } from "preact/hooks";
import type { MuteWish } from "../../core/mutes.ts";
import type { ServiceView } from "../../core/snapshot.ts";
import { mutedWords } from "../../words/outage.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";

const HOUR_MS = 3_600_000;

interface ActionsProps {
	/** What they are about, all of them at once. */
	readonly services: readonly ServiceView[];
	/** Whose name the buttons carry for those who do not see where they stand. */
	readonly name: string;
	/** What can be sent to others; absent where there is nothing to tell. */
	readonly message?: string;
	/** Ways to windows that tell more; absent where other buttons lead there. */
	readonly ways?: { readonly me: () => void; readonly details: () => void };
}

/** What people can do about a service or an outage. */
export function Actions({ services, name, message, ways }: ActionsProps) {
	return (
		<div class="actions">
			<Mute services={services} name={name} />
			{message !== undefined && <TellMe services={services} />}
			<span class="room" />
			{ways && <IsItMe open={ways.me} name={name} />}
			{ways && <Details open={ways.details} name={name} />}
			{message !== undefined && <Copy message={message} />}
			<OpenPage services={services} name={name} />
		</div>
	);
}

interface WayProps {
	readonly open: () => void;
	readonly name: string;
}

function IsItMe({ open, name }: WayProps) {
	const { words } = useScene();
	const action = words.t("window.action.me");
	return (
		<button type="button" class="quiet" aria-label={`${action} ${name}`} onClick={open}>
			{action}
		</button>
	);
}

/** Leads to the window that tells all of it. */
export function Details({ open, name }: WayProps) {
	const { words } = useScene();
	const action = words.t("window.action.details");
	return (
		<button
			type="button"
			class="quiet to-details"
			data-key="d"
			aria-label={words.t("window.action.of", { action, name })}
			onClick={open}
		>
			{action}
		</button>
	);
}

/** One button for both ways, so that it keeps the focus. */
function Mute({ services, name }: ActionsProps) {
	const { bridge, words, momentOf } = useScene();
	const [choosing, setChoosing] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	const choices = useId();
	const until = services.every(({ muted }) => muted) ? services[0]?.muted?.until : undefined;
	const action = words.t(until ? "window.action.unmute" : "window.action.mute");
	const press = () => {
		if (!until) return setChoosing(!choosing);
		for (const { id: service } of services) void bridge.wish({ kind: "unmuted", service });
	};
	const done = () => {
		setChoosing(false);
		button.current?.focus();
	};
	return (
		<>
			<button
				ref={button}
				type="button"
				data-key="m"
				aria-expanded={until ? undefined : choosing}
				aria-controls={choosing ? choices : undefined}
				aria-label={words.t("window.action.of", { action, name })}
				onClick={press}
			>
				{!until && <Icon name="mute" />}
				{action}
			</button>
			{choosing && <Choices services={services} id={choices} done={done} />}
			{until && (
				<p class="muted">
					<Icon name="mute" />
					{mutedWords(until, momentOf, words)}
				</p>
			)}
		</>
	);
}

interface ChoicesProps {
	readonly services: readonly ServiceView[];
	readonly id: string;
	readonly done: () => void;
}

function Choices({ services, id, done }: ChoicesProps) {
	const { bridge, words, now } = useScene();
	const mute = (until: MuteWish) => {
		for (const { id: service } of services) void bridge.wish({ kind: "muted", service, until });
		done();
	};
	const wishes = { hour: now + HOUR_MS, tomorrow: "tomorrow", resolved: "resolved", worse: "worse" } as const;
	return (
		<fieldset id={id} class="choices" aria-label={words.t("window.action.mute")}>
			{(["hour", "tomorrow", "resolved", "worse"] as const).map((choice) => (
				<button type="button" key={choice} onClick={() => mute(wishes[choice])}>
					{words.t(`window.mute.${choice}`)}
				</button>
			))}
		</fieldset>
	);
}

function TellMe({ services }: Pick<ActionsProps, "services">) {
	const { bridge, words } = useScene();
	const awaited = services.every((service) => service.awaited);
	const toggle = () => {
		const kind = awaited ? "back_unwanted" : "back_wanted";
		for (const { id: service } of services) void bridge.wish({ kind, service });
	};
	return (
		<button type="button" data-key="b" aria-pressed={awaited} onClick={toggle}>
			{awaited && <Icon name="done" />}
			{words.t(awaited ? "window.action.backSet" : "window.action.back")}
		</button>
	);
}

function Copy({ message }: { readonly message: string }) {
	const { bridge, words, announce } = useScene();
	const [copied, setCopied] = useState(false);
	const label = words.t(copied ? "window.action.copied" : "window.action.copy");
	const copy = async () => {
		await bridge.copy(message);
		setCopied(true);
		announce(words.t("window.action.copied"));
	};
	return (
		<button
			type="button"
			class="quiet square"
			data-key="c"
			aria-label={label}
			title={label}
			onClick={() => void copy()}
			onBlur={() => setCopied(false)}
		>
			<Icon name={copied ? "done" : "copy"} />
		</button>
	);
}

function OpenPage({ services, name }: Pick<ActionsProps, "services" | "name">) {
	const { bridge, words } = useScene();
	const service = services.find(({ page }) => page)?.id;
	if (service === undefined) return null;
	const label = words.t("window.action.page");
	return (
		<button
			type="button"
			class="quiet square"
			data-key="o"
			aria-label={words.t("window.action.of", { action: label, name })}
			title={label}
			onClick={() => void bridge.openPage({ service })}
		>
			<Icon name="page" />
		</button>
	);
}
