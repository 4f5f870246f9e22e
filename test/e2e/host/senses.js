/* Looks at the page as people do who see it or hear it; axe computes roles and names. Evaluates to what a test asks. */
globalThis.senses ??= (() => {
	const isThere = (element) =>
		element.checkVisibility({ visibilityProperty: true }) && element.closest("[aria-hidden=true]") === null;

	/** All that has this role: its name, and whether it is pressed. */
	function all(role) {
		axe.setup(document);
		try {
			return [...document.body.querySelectorAll("*")]
				.filter((element) => isThere(element) && axe.commons.aria.getRole(element) === role)
				.map((element) => ({
					element,
					name: axe.commons.text.accessibleText(element),
					pressed: element.getAttribute("aria-pressed") === "true",
				}));
		} finally {
			axe.teardown();
		}
	}

	/** The one thing of that role and name, brought into view: where it can be clicked, or what speaks against it. */
	function one(role, name) {
		const named = all(role);
		const matching = named.filter((each) => (name instanceof RegExp ? name.test(each.name) : each.name === name));
		const [found, second] = matching;
		if (!found || second)
			return { trouble: `${matching.length} of ${role} ${name} among ${named.map((each) => each.name).join(" | ")}` };
		const { element } = found;
		element.scrollIntoView({ block: "center", behavior: "instant" });
		const { x, y, width, height } = element.getBoundingClientRect();
		const at = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
		const hit = document.elementFromPoint(at.x, at.y);
		if (!hit || !element.contains(hit))
			return { trouble: `${role} ${name} is covered by ${hit?.outerHTML.slice(0, 100)}` };
		return at;
	}

	/** The role and the name of what has the focus. */
	function focused() {
		axe.setup(document);
		try {
			const { activeElement: element } = document;
			return `${axe.commons.aria.getRole(element)} ${axe.commons.text.accessibleText(element)}`;
		} finally {
			axe.teardown();
		}
	}

	return { names: (role) => all(role).map(({ name, pressed }) => ({ name, pressed })), one, focused };
})();
