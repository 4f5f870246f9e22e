import type { RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import type { AppHealth } from "../../ipc/answers.ts";
import { useScene } from "../scene.ts";
import { Line } from "./controls.tsx";
import { combinationText, pressOf } from "./key-combination.ts";
import { useSettings } from "./use-settings.ts";

/** The keys that open the app from anywhere: pressed, not typed. */
export function Shortcut({ health }: { readonly health: AppHealth | undefined }) {
	const { t } = useScene().words;
	const { settings, isLocked, change } = useSettings();
	const { shortcut } = settings;
	const platform = health?.platform ?? "linux";
	const keys = combinationText(shortcut, platform);
	const isTaken = shortcut !== "" && health?.troubles.some(({ part }) => part === "shortcut") === true;
	const locked = isLocked("shortcut");
	const recorder = useRef<HTMLButtonElement>(null);
	const clear = () => {
		recorder.current?.focus();
		void change({ shortcut: "" });
	};
	return (
		<Line
			setting="shortcut"
			label={t("settings.general.shortcut.title")}
			help={t("settings.general.shortcut.help")}
			problems={isTaken ? [t("settings.general.shortcut.taken", { keys })] : []}
		>
			<span class="shortcut">
				{shortcut === "" ? <span class="faint">{t("settings.general.shortcut.none")}</span> : <kbd>{keys}</kbd>}
				<Recorder
					button={recorder}
					platform={platform}
					locked={locked}
					keep={(accelerator) => void change({ shortcut: accelerator })}
				/>
				{shortcut !== "" && !locked && (
					<button type="button" class="quiet" onClick={clear}>
						{t("settings.general.shortcut.clear")}
					</button>
				)}
			</span>
		</Line>
	);
}

interface RecorderProps {
	readonly button: RefObject<HTMLButtonElement | null>;
	readonly platform: Parameters<typeof pressOf>[1];
	readonly locked: boolean;
	readonly keep: (accelerator: string) => void;
}

/** Waits for a combination. Escape, Tab and whatever takes the focus away end it without one. */
function Recorder({ button, platform, locked, keep }: RecorderProps) {
	const { words, announce } = useScene();
	const [waiting, setWaiting] = useState<"no" | "yes" | "bare">("no");
	const hear = (event: KeyboardEvent) => {
		if (waiting === "no") return;
		if (event.key === "Tab") return setWaiting("no");
		event.preventDefault();
		event.stopPropagation();
		if (event.key === "Escape") return setWaiting("no");
		const press = pressOf(event, platform);
		if (press.kind === "begun") return;
		setWaiting(press.kind === "bare" ? "bare" : "no");
		if (press.kind === "whole") keep(press.accelerator);
		else announce(words.t("settings.general.shortcut.needsModifier"));
	};
	return (
		<>
			<button
				ref={button}
				type="button"
				disabled={locked}
				aria-pressed={waiting !== "no"}
				onClick={() => setWaiting("yes")}
				onKeyDown={hear}
				onBlur={() => setWaiting("no")}
			>
				{words.t(`settings.general.shortcut.${waiting === "no" ? "record" : "recording"}`)}
			</button>
			{waiting === "bare" && <small>{words.t("settings.general.shortcut.needsModifier")}</small>}
		</>
	);
}
