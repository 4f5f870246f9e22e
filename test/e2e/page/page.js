const show = ({ level, services }) => {
	document.querySelector("#level").textContent = level;
	const titles = services.flatMap(({ sources }) => sources.map(({ title }) => title ?? ""));
	document
		.querySelector("#titles")
		.replaceChildren(...titles.map((title) => Object.assign(document.createElement("li"), { textContent: title })));
};
window.semaforo.on("snapshot", show);
window.semaforo.current().then(show);
document.querySelector("#check").addEventListener("click", () => window.semaforo.checkNow());
