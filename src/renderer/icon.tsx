import { path as down } from "lucide-static/icons/arrow-down.svg?path";
import { path as back } from "lucide-static/icons/arrow-left.svg?path";
import { path as up } from "lucide-static/icons/arrow-up.svg?path";
import { path as push } from "lucide-static/icons/bell.svg?path";
import { path as mute } from "lucide-static/icons/bell-off.svg?path";
import { path as api } from "lucide-static/icons/braces.svg?path";
import { path as done } from "lucide-static/icons/check.svg?path";
import { path as unfold } from "lucide-static/icons/chevron-down.svg?path";
import { path as stories } from "lucide-static/icons/circle-plus.svg?path";
import { path as help } from "lucide-static/icons/circle-question-mark.svg?path";
import { path as copy } from "lucide-static/icons/copy.svg?path";
import { path as save } from "lucide-static/icons/download.svg?path";
import { path as page } from "lucide-static/icons/external-link.svg?path";
import { path as web } from "lucide-static/icons/globe.svg?path";
import { path as media } from "lucide-static/icons/image.svg?path";
import { path as login } from "lucide-static/icons/log-in.svg?path";
import { path as ads } from "lucide-static/icons/megaphone.svg?path";
import { path as messaging } from "lucide-static/icons/message-circle.svg?path";
import { path as publishing } from "lucide-static/icons/pencil.svg?path";
import { path as calls } from "lucide-static/icons/phone.svg?path";
import { path as again } from "lucide-static/icons/refresh-cw.svg?path";
import { path as search } from "lucide-static/icons/search.svg?path";
import { path as settings } from "lucide-static/icons/settings.svg?path";
import { path as dns } from "lucide-static/icons/signpost.svg?path";
import { path as feed } from "lucide-static/icons/text-align-start.svg?path";
import type { FeatureName } from "../core/model.ts";

/** The features' signs by their names, and those of what can be done. */
const SIGNS = {
	messaging,
	media,
	feed,
	publishing,
	stories,
	calls,
	login,
	ads,
	search,
	push,
	web,
	api,
	dns,
	again,
	back,
	copy,
	done,
	help,
	mute,
	page,
	save,
	settings,
	up,
	down,
	unfold,
} satisfies Record<FeatureName, string> & Record<string, string>;

export type IconName = keyof typeof SIGNS;

/** A sign for the eye; the word stands beside it, or names the button. */
export function Icon({ name }: { readonly name: IconName }) {
	return (
		<svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
			<path d={SIGNS[name]} />
		</svg>
	);
}
