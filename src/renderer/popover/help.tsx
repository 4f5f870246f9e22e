import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { useScene } from "../scene.ts";
import { keyList } from "./keys.ts";

/** The keys, over the rest of the window until it is closed. */
export function Help({ close }: { readonly close: () => void }) {
	const { words } = useScene();
	const dialog = useRef<HTMLDialogElement>(null);
	const title = useId();
	useLayoutEffect(() => dialog.current?.showModal(), []);
	return (
		<dialog ref={dialog} class="help" aria-labelledby={title} onClose={close}>
			<h2 id={title}>{words.t("window.action.help")}</h2>
			{keyList(words).map((group) => (
				<section class="key-group" key={group.title}>
					<h3>{group.title}</h3>
					<dl>
						{group.keys.map(([keys, what]) => (
							<div class="key" key={keys}>
								<dt>
									<kbd>{keys}</kbd>
								</dt>
								<dd>{what}</dd>
							</div>
						))}
					</dl>
				</section>
			))}
			<button type="button" onClick={() => dialog.current?.close()}>
				{words.t("window.action.close")}
			</button>
		</dialog>
	);
}
