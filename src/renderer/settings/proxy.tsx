import { useState } from "preact/hooks";
import type { ProxyChoice } from "../../ipc/settings.ts";
import { useScene } from "../scene.ts";
import { Choice, Line, TextLine } from "./controls.tsx";
import { useSettings } from "./use-settings.ts";

const KINDS = ["system", "direct", "own"] as const;
type Own = Exclude<ProxyChoice, string>;

/** The words of a line, between spaces or commas. */
export function wordsIn(text: string): string[] {
	return text.split(/[\s,;]+/).filter((word) => word !== "");
}

/** The system's proxy, none, or one of the user's own. */
export function ProxyLines() {
	const { t } = useScene().words;
	const { settings, change } = useSettings();
	const { proxy } = settings;
	const [wanted, setWanted] = useState(false);
	const kind = typeof proxy !== "string" || wanted ? "own" : proxy;
	const choose = (chosen: (typeof KINDS)[number]) => {
		setWanted(chosen === "own");
		if (chosen !== "own") void change({ proxy: chosen });
	};
	return (
		<>
			<Choice
				setting="proxy"
				label={t("settings.network.proxy.title")}
				value={kind}
				options={KINDS.map((value) => ({ value, label: t(`settings.network.proxy.${value}`) }))}
				choose={choose}
			/>
			{kind === "own" && <OwnProxy own={typeof proxy === "string" ? undefined : proxy} />}
		</>
	);
}

/** Its address and its exceptions; nothing is in force before it has an address. */
function OwnProxy({ own }: { readonly own: Own | undefined }) {
	const { t } = useScene().words;
	const { change } = useSettings();
	const { url = "", bypass = [] } = own ?? {};
	return (
		<div class="sub-settings">
			<TextLine
				setting="proxy"
				label={t("settings.network.proxy.url")}
				help={t(`settings.network.proxy.${own ? "urlHelp" : "needsAddress"}`)}
				placeholder="http://proxy.example:3128"
				text={url}
				keep={(text) => change({ proxy: { url: text.trim(), bypass } })}
			/>
			{own && (
				<TextLine
					setting="proxy"
					label={t("settings.network.proxy.bypass")}
					help={t("settings.network.proxy.bypassHelp")}
					text={bypass.join(" ")}
					keep={(text) => change({ proxy: { url, bypass: wordsIn(text) } })}
				/>
			)}
			<Login />
		</div>
	);
}

function Login() {
	const { bridge, words } = useScene();
	const { view } = useSettings();
	if (!view.proxyLogin) return null;
	return (
		<Line label={words.t("settings.network.proxy.login")}>
			<button type="button" onClick={() => void bridge.forgetLogin()}>
				{words.t("settings.network.proxy.forget")}
			</button>
		</Line>
	);
}
