import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensurePrograms } from "../../lab/toolchain/debian-packages";
import { writePlatform } from "./support/generated-platform";

/** The page of `factory report` in a real browser: Debian's Chromium. */

const run = promisify(execFile);
const root = join(__dirname, "..", "..");
const attack = "<script>document.title = 'attacked'</script><img src=x onerror=\"document.title = 'attacked'\">";

let folder: string;
let browser: Browser;
let page: Page;
const requests: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-page-"));
  const status = join(folder, "status.json");
  writeFileSync(status, JSON.stringify({ format: 1, applications: states() }));
  await report(root, "page.html", "--status-file", status);
  const executablePath = (await ensurePrograms(["chromium"])).path("chromium");
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  page = await open("page.html", { viewport: { width: 1100, height: 900 } });
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function report(platform: string, file: string, ...args: readonly string[]): Promise<void> {
  const command = [join(root, "bin", "factory.js"), "report", "--root", platform, "--output", join(folder, file)];
  await run(process.execPath, [...command, ...args]);
}

async function open(file: string, options: BrowserContextOptions): Promise<Page> {
  const opened = await (await browser.newContext(options)).newPage();
  opened.on("request", (request) => requests.push(request.url()));
  opened.on("console", (message) => complaints.push(message.text()));
  opened.on("pageerror", (error) => complaints.push(error.message));
  await opened.goto(pathToFileURL(join(folder, file)).href);
  return opened;
}

/** What Argo CD says of two Applications of the example, one of them with HTML in its message. */
function states(): object[] {
  const state = { from: "dev", environment: "dev", images: [], revisions: [], messages: [] };
  const shop = { project: "acme/shop", application: "acme-shop-dev-deploy-6293" };
  const api = { project: "ministere/demarches", application: "ministere-demarches-dev-api-6293" };
  return [
    { ...state, ...shop, sync: "Synced", health: "Healthy", images: ["registry.acme.example/shop:1.8.0"] },
    { ...state, ...api, sync: "OutOfSync", health: "Degraded", messages: [attack] },
  ];
}

/** The projects that are to be seen. */
async function shown(): Promise<string[]> {
  const cards = await page.locator("article.project:visible").all();
  return Promise.all(cards.map(async (card) => (await card.getAttribute("id")) ?? ""));
}

describe("The page of factory report", () => {
  it("asks nothing of anybody, and breaks none of its own rules", async () => {
    expect(await page.title()).toBe("Software factory: 4 projects");
    expect(requests).toEqual([page.url()]);
    expect(complaints).toEqual([]);
  });

  it("shows text that is HTML as text", async () => {
    expect(await page.getByText("document.title = 'attacked'").count()).toBe(1);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.title()).not.toBe("attacked");
  });

  it("finds projects by any of their words, also by an image", async () => {
    const search = page.getByRole("searchbox", { name: "Search" });
    await search.fill("SHOP:1.8");
    expect(await shown()).toEqual(["acme/shop"]);
    expect(await page.getByRole("status").textContent()).toBe("1 of 4 projects, 2 Applications");
    await search.fill("nothing is called so");
    expect(await page.getByText("No project is like that.").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(shown).toHaveLength(4);
  });

  it("filters by environment and state, in Argo CD's words as well", async () => {
    await page.getByLabel("Environment").selectOption("prod");
    expect(await shown()).toEqual(["acme/portal", "ministere/demarches", "protobox1/docserver"]);
    await page.getByLabel("Environment").selectOption("dev");
    await page.getByLabel("State").selectOption("needs a look");
    expect(await shown()).toEqual(["ministere/demarches"]);
    expect(await page.locator("li[data-state]:visible").count()).toBe(1);
    await page.getByLabel("State").selectOption("Healthy");
    expect(await shown()).toEqual(["acme/shop"]);
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(shown).toHaveLength(4);
  });

  it("is used by keyboard alone", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("portal");
    expect(await shown()).toEqual(["acme/portal"]);
    await page.keyboard.press("Escape");
    expect(await shown()).toHaveLength(4);
    await page.reload();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the projects");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").getAttribute("id")).toBe("query");
    await page.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("details[open]").count()).toBe(1);
  });

  it("does not hide what one jumps to behind the search", async () => {
    await page.goto(`${page.url().replace(/#.*/, "")}#ministere/demarches`);
    const card = await page.locator("[id='ministere/demarches']").boundingBox();
    const search = await page.getByRole("search").boundingBox();
    expect(card?.y).toBeGreaterThanOrEqual((search?.y ?? Infinity) + (search?.height ?? 0));
  });

  it("shows what was chosen when one comes back to it", async () => {
    await page.getByLabel("Environment").selectOption("dev");
    await page.goto("about:blank");
    await page.goBack();
    expect(await page.getByLabel("Environment").inputValue()).toBe("dev");
    expect(await shown()).toEqual(["acme/shop", "ministere/demarches", "protobox1/docserver"]);
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(shown).toHaveLength(4);
  });

  it("links to Argo CD and to Git", async () => {
    const card = page.locator("[id='ministere/demarches']");
    const application = card.getByRole("link", { name: "ministere-demarches-prod-api-c626" });
    const link = "https://argocd.acme.example/applications/argocd/ministere-demarches-prod-api-c626";
    expect(await application.getAttribute("href")).toBe(link);
    const git = card.getByRole("link", { name: /^https:\/\/.*infra-api\.git$/ }).first();
    expect(await git.getAttribute("href")).toBe(await git.textContent());
  });

  it("has landmarks, a name for each control, and no two equal ids", async () => {
    for (const role of ["banner", "main", "contentinfo", "search", "navigation"] as const) {
      expect(await page.getByRole(role).count(), role).toBe(1);
    }
    const unnamed = await page.evaluate(
      "[...document.querySelectorAll('input, select')].filter((field) => field.labels.length === 0).length",
    );
    const ids = (await page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")) as string[];
    expect(unnamed).toBe(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(["light", "dark"] as const)("has readable contrast in %s colours", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const ratios = (await page.evaluate(contrasts)) as Record<string, number>;
    const hint = await page.evaluate("getComputedStyle(document.getElementById('query'), '::placeholder').color");
    const quiet = await page.evaluate("getComputedStyle(document.querySelector('p.quiet')).color");
    expect(hint).toBe(quiet);
    await page.emulateMedia({ colorScheme: null });
    // WCAG 2.2, 1.4.3, level AA.
    for (const [name, ratio] of Object.entries(ratios)) expect(ratio, name).toBeGreaterThanOrEqual(4.5);
  });

  it("fits a phone of 360 pixels, without scrolling sideways", async () => {
    const phone = await open("page.html", { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    expect(await phone.evaluate("document.documentElement.scrollWidth")).toBe(360);
    const field = await phone.getByLabel("State").boundingBox();
    expect(field?.height).toBeGreaterThanOrEqual(44);
    await phone.context().close();
  });

  it("is printed unfolded, and without what one presses", async () => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator("#controls").isVisible()).toBe(false);
    expect(await page.getByText("May synchronise").first().isVisible()).toBe(true);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.emulateMedia({ media: "screen", colorScheme: null });
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("shows everything where no script may run", async () => {
    const plain = await open("page.html", { javaScriptEnabled: false });
    expect(await plain.locator("article.project:visible").count()).toBe(4);
    expect(await plain.locator("#controls").isVisible()).toBe(false);
    await plain.context().close();
  });

  it("has room for a thousand projects", async () => {
    writePlatform(folder, root, 1_000);
    await report(folder, "large.html");
    page = await open("large.html", { viewport: { width: 1100, height: 900 } });
    expect(await page.getByRole("status").textContent()).toBe("1000 of 1000 projects, 1000 Applications");
    await page.getByRole("searchbox", { name: "Search" }).fill("p0999");
    expect(await shown()).toEqual(["acme/p0999"]);
    expect(complaints).toEqual([]);
  });
});

/** Runs in the page: the contrast of each colour of text against what it stands on, as WCAG computes it. */
const contrasts = `(() => {
  const style = getComputedStyle(document.documentElement);
  const light = (name) => {
    const hex = style.getPropertyValue(name).trim();
    const [r, g, b] = [1, 3, 5]
      .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const texts = ["--text", "--quiet", "--link", "--bad", "--busy", "--fine", "--unknown"];
  return Object.fromEntries(
    texts.flatMap((text) => ["--paper", "--card"].map((ground) => [text + " on " + ground, ratio(text, ground)])),
  );
})()`;
