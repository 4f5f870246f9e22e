import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { semaforo } from "../helpers/run-semaforo.ts";

const folder = mkdtempSync(join(tmpdir(), "semaforo-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
	const path = join(folder, name);
	writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
	return path;
}

/** Runs a command that must complain: nothing on standard output, code 3, the sentences on standard error. */
async function complaint(...args: string[]): Promise<string> {
	const { stdout, stderr, code } = await semaforo(...args);
	expect(stdout).toBe("");
	expect(code).toBe(3);
	expect(stderr).not.toMatch(/ at .*\.(ts|js):\d|undefined|\[object/);
	return stderr.trimEnd();
}

describe.concurrent("semaforo complains in sentences", { timeout: 20_000 }, () => {
	test("about a service that nobody knows, and says what may have been meant", async () => {
		expect(await complaint("check", "whatsap")).toBe(
			'expected the name of a service, found "whatsap". Did you mean "whatsapp"?',
		);
		expect(await complaint("check", "zzzzzz")).toBe(
			'expected the name of a service, found "zzzzzz". Run "semaforo services" to see them all.',
		);
	});

	test.each<{ name: string; content: unknown; says: string }>([
		{
			name: "not-json.json",
			content: '{ "services": [\n  "whatsapp",,\n] }',
			says: 'line 2, column 14: expected JSON, found ", ] }"',
		},
		{ name: "unknown-key.json", content: { servces: ["x"] }, says: 'servces: unknown key, did you mean "services"?' },
		{ name: "interval.json", content: { intervalMinutes: 1 }, says: "intervalMinutes: expected at least 5, found 1" },
		{
			name: "feature.json",
			content: { services: [{ id: "x", features: ["fed"] }] },
			says: 'services[0].features[0]: expected one of "messaging", "media", "feed"',
		},
		{
			name: "no-feature.json",
			content: { services: [{ id: "x", features: ["stories"] }] },
			says: 'X has no feature "stories"; it has',
		},
		{
			name: "service.json",
			content: { services: ["facebok"] },
			says: 'services: expected the name of a service, found "facebok". Did you mean "facebook"?',
		},
		{
			name: "rule.json",
			content: { notifications: { rules: [{ services: ["Facebook", "facebok"], notify: false }] } },
			says: 'notifications.rules[0].services: expected the name of a service, found "facebok". Did you mean "facebook"?',
		},
		{
			name: "proxy.json",
			content: { proxy: { url: "ftp://me:secret@127.0.0.1" } },
			says: 'proxy.url: expected an address such as http://proxy.example:3128, https://… or socks5://…, found "ftp://…@127.0.0.1"',
		},
		{
			name: "own.json",
			content: { own: ["Mine", "Yours"].map((name) => ({ id: "till", name, features: { web: { blind: "no" } } })) },
			says: 'own: services/till.json: id: expected a name of its own, found "till"',
		},
		{
			name: "certificate.json",
			content: { certificates: ["absent.pem"] },
			says: "absent.pem: expected a file, found nothing",
		},
	])("about settings: $name", async ({ name, content, says }) => {
		const path = file(name, content);
		const said = await complaint("check", "--config", path);
		expect(said).toContain(says);
		if (name !== "certificate.json") expect(said).toContain(name);
	});

	test("about settings that are not there", async () => {
		const path = join(folder, "absent.json");
		expect(await complaint("check", "--config", path)).toBe(`${path}: expected a settings file, found nothing`);
	});

	test("about a catalogue with mistakes, all of them at once", async () => {
		const own = join(folder, "catalogue");
		for (const part of ["services", "providers"]) mkdirSync(join(own, part), { recursive: true });
		writeFileSync(join(own, "services", "broken.json"), "{");
		writeFileSync(join(own, "services", "shop.json"), '{ "id": "shop" }');
		const said = await complaint("services", "--catalogue", own);
		expect(said).toContain("services/broken.json: line 1, column 2: expected JSON, found the end");
		expect(said).toContain("services/shop.json: name: expected a text, found nothing");
		expect(said).toContain("controls.json: expected a file, found nothing");
	});

	test("about a history folder that cannot be", async () => {
		const inTheWay = file("in-the-way", "a file where a folder should be");
		const path = file("history.json", { history: { folder: join(inTheWay, "history") } });
		const said = await complaint("watch", "--config", path);
		expect(said).toContain(inTheWay);
		expect(said).toMatch(/expected a folder that can be written, found/);
	});

	test("about an unknown command or option, and shows the way to help", async () => {
		expect(await complaint("chek")).toMatch(/unknown command 'chek'[\s\S]*Did you mean check\?[\s\S]*semaforo --help/);
		expect(await complaint("check", "--jsn")).toContain("unknown option '--jsn'");
	});
});

describe("semaforo --help", () => {
	test("teaches by example and explains the exit codes", async () => {
		const main = await semaforo("--help");
		expect(main.code).toBe(0);
		for (const word of ["check", "watch", "inspect", "services", "Examples:", "◌ cannot tell"])
			expect(main.stdout).toContain(word);
		const check = await semaforo("check", "--help");
		expect(check.stdout).toMatch(/0 {2}everything works\n {2}1 {2}something is unreliable/);
	});
});
