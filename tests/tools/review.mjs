// Opens a review page from disk in Chromium, uses it as a reviewer does, and prints what it saw as JSON.
// node review.mjs MODULES CHROMIUM PAGE [FOLDER-FOR-PICTURES]
import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, executablePath, file, pictures] = process.argv.slice(2);
const load = createRequire(join(modules, "x.js"));
const { chromium } = load("playwright-core");
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const seen = { requests: [], errors: [] };

const home = mkdtempSync(join(tmpdir(), "review-"));
const browser = await chromium.launchPersistentContext(home, { executablePath, args: quiet, viewport: { width: 1280, height: 900 } });
const page = browser.pages()[0];
page.on("request", (one) => seen.requests.push(one.url()));
page.on("console", (one) => one.type() === "error" && seen.errors.push(one.text()));
page.on("pageerror", (one) => seen.errors.push(String(one)));
const shoot = async (name) => pictures && page.screenshot({ path: join(pictures, `${name}.jpg`), type: "jpeg", quality: 60, clip: { x: 0, y: 0, width: page.viewportSize().width, height: 640 } });
const panel = () => page.locator("#panel").innerText();
const shut = async () => !(await page.locator("#panel").isVisible());
const axe = async () => {
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html}`);
};

await page.goto(pathToFileURL(file).href);
await page.evaluate(await (await import("node:fs")).promises.readFile(load.resolve("axe-core/axe.min.js"), "utf-8"));
seen.figures = await page.locator("article .f").count();
seen.doubts = await page.locator("#doubts li").allInnerTexts();
seen.inventions = await page.locator("#inventions li").count();
seen.indicators = await page.locator("#scores button").count();
seen.lost = await page.locator("#scores .lost").allInnerTexts();
await shoot("page");

// The mouse: a figure, a fact behind it, another place that prints it, an indicator of the list.
const figure = page.locator("article .f", { hasText: "84.73%" }).first();
await figure.click();
seen.clicked = await panel();
await shoot("figure");
seen.axe = await axe();
await page.locator("#story .jumps button:not([disabled])").first().click();
seen.jumped = await page.locator("#what").innerText();
await page.locator("#scores .lost button").first().click();
seen.indicator = await panel();
await shoot("indicator");
await page.locator("#inventions button").nth(1).click();
seen.invented = await panel();
await page.locator("#close").click();
seen.closed = await shut();

// The keyboard alone.
await page.reload();
await page.keyboard.press("/");
await page.keyboard.type("结转结余率");
seen.hits = await page.locator("#hits").innerText();
await page.keyboard.press("Enter");
seen.hit = await page.locator("#hits").innerText();
await shoot("search");
await page.keyboard.press("Escape");
seen.emptied = await page.locator("#search").inputValue();
await page.keyboard.press("n");
await page.keyboard.press("n");
await page.keyboard.press("p");
seen.focused = await page.evaluate(() => document.activeElement.id);
await page.keyboard.press("Enter");
seen.opened = await page.locator("#what").innerText();
await page.keyboard.press("n");
seen.stepped = await page.locator("#what").innerText();
await page.keyboard.press("Escape");
seen.escaped = await shut();
seen.back = await page.evaluate(() => document.activeElement.id);
await page.keyboard.press("?");
seen.help = await page.locator("#keys").isVisible();
await page.keyboard.press("?");
await page.selectOption("#which", "invented");
await page.locator("#next").click();
seen.invented_step = await page.evaluate(() => document.activeElement.className);

// A small window, as at 200 % zoom, then paper.
await page.setViewportSize({ width: 390, height: 780 });
await page.locator("article .f", { hasText: "84.73%" }).first().click();
seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
await page.evaluate(await (await import("node:fs")).promises.readFile(load.resolve("axe-core/axe.min.js"), "utf-8"));
seen.axe_small = await axe();
await shoot("small");
await page.emulateMedia({ media: "print" });
seen.printed = await page.evaluate(() => Object.fromEntries(["header .tools", "#panel", "article", "#scores"].map((one) => [one, getComputedStyle(document.querySelector(one)).display !== "none"])));
if (pictures) await page.pdf({ path: join(pictures, "page.pdf"), format: "A4", margin: { top: "2cm", bottom: "2cm", left: "2cm", right: "2cm" } });
await browser.close();
rmSync(home, { recursive: true, force: true });
console.log(JSON.stringify(seen));
