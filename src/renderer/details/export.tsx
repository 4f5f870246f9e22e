import { useId, useRef, useState } from "preact/hooks";
import type { FileType } from "../../ipc/answers.ts";
import { shownLine } from "../../words/window.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";

/** Something that can be kept, made when it is wanted. */
export interface Offer {
	readonly type: FileType;
	readonly content: () => string | Promise<string>;
}

interface ExportProps {
	/** What the file is about. */
	readonly name: string;
	readonly offers: readonly Offer[];
}

/** One button, which unfolds into what can be kept of the page. */
export function Export({ name, offers }: ExportProps) {
	const { bridge, words, announce } = useScene();
	const [open, setOpen] = useState(false);
	const [said, setSaid] = useState("");
	const button = useRef<HTMLButtonElement>(null);
	const choices = useId();
	const tell = (text: string) => {
		setSaid(text);
		announce(text);
	};
	const failed = (why: string) => tell(words.t("details.save.failed", { why: shownLine(why) }));
	const close = () => {
		setOpen(false);
		button.current?.focus();
	};
	const leave = (event: KeyboardEvent) => {
		if (event.key !== "Escape") return;
		// it would close the window as well
		event.stopPropagation();
		close();
	};
	const lose = ({ currentTarget, relatedTarget }: FocusEvent) => {
		if (currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
		setOpen(false);
		setSaid("");
	};
	const save = async ({ type, content }: Offer) => {
		close();
		// said again, it is to be heard again
		tell("");
		try {
			const result = await bridge.save({ name: `Semaforo ${name}`, type, content: await content() });
			if (result.kind === "failed") failed(result.why);
			else if (result.kind === "saved") tell(words.t("details.save.saved"));
		} catch {
			failed(words.t("details.save.why.refused"));
		}
	};
	return (
		<fieldset
			class="export"
			aria-label={words.t("details.save.title")}
			onKeyDown={open ? leave : undefined}
			onFocusOut={lose}
		>
			<button
				ref={button}
				type="button"
				aria-expanded={open}
				aria-controls={open ? choices : undefined}
				onClick={() => setOpen(!open)}
			>
				<Icon name="save" />
				{words.t("details.save.title")}
			</button>
			{open && (
				<div id={choices} class="offers">
					{offers.map((offer) => (
						<button type="button" class="quiet" key={offer.type} onClick={() => void save(offer)}>
							{words.t(`details.save.type.${offer.type}`)}
						</button>
					))}
				</div>
			)}
			{said && <small class="said">{said}</small>}
		</fieldset>
	);
}
