// Opens the page of findings from disk in Chromium, uses it as a reviewer does, and prints what it saw as JSON.
// node findings.mjs MODULES CHROMIUM PAGE [PICTURE]
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, executablePath, file, picture] = process.argv.slice(2);
const load = createRequire(join(modules, "x.js"));
const { chromium } = load("playwright-core");
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const seen = { requests: [], errors: [] };

const home = mkdtempSync(join(tmpdir(), "findings-"));
const browser = await chromium.launchPersistentContext(home, { executablePath, args: quiet, viewport: { width: 1280, height: 720 } });
const page = browser.pages()[0];
page.on("request", (one) => seen.requests.push(one.url()));
page.on("console", (one) => one.type() === "error" && seen.errors.push(one.text()));
page.on("pageerror", (one) => seen.errors.push(String(one)));
const axe = async () => {
  await page.evaluate(readFileSync(load.resolve("axe-core/axe.min.js"), "utf-8"));
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => `${one.id}: ${one.nodes[0].html}`);
};
const inView = (selector) => page.evaluate((one) => { const box = document.querySelector(one).getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }, selector);
const focused = () => page.evaluate(() => document.activeElement.id);
const cards = () => page.locator("nav .card:visible").count();

await page.goto(pathToFileURL(file).href);
seen.cards = await cards();
seen.axe = await axe();
if (picture) {
  await page.locator("nav .card .to").first().click();
  await page.screenshot({ path: picture, type: "jpeg", quality: 70 });
}

// The mouse: from a finding to its words, and from the words back.
const last = page.locator("nav .card", { hasText: "截止" }).last();
const words = (await last.locator(".to").first().getAttribute("href")).slice(1);
await last.locator(".to").first().click();
seen.at_words = await inView(`#${words} + .q`);
await page.locator(`#${words} + .q`).click();
seen.back = [await focused(), await last.getAttribute("id")];
seen.at_finding = await inView(`#${await last.getAttribute("id")}`);

// Filters.
await page.locator(".tools .warning input").uncheck();
seen.without_warnings = await cards();
seen.told = await page.locator("#shown").innerText();
seen.off = await page.locator("article .q.warning.off").count();
await page.locator(".tools .warning input").check();
seen.families = await page.locator("#family option").allInnerTexts();
await page.selectOption("#family", { index: 1 });
seen.of_one_family = await cards();
await page.selectOption("#family", "");

// The keyboard alone.
await page.reload();
await page.keyboard.press("n");
seen.first = await focused();
await page.keyboard.press("n");
seen.second = await focused();
await page.keyboard.press("p");
await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
seen.followed = new URL(page.url()).hash;

// A telephone, then paper.
await page.setViewportSize({ width: 390, height: 780 });
seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
seen.axe_small = await axe();
await page.emulateMedia({ media: "print" });
seen.printed = await page.evaluate(() => Object.fromEntries([".tools", "nav", "article"].map((one) => [one, getComputedStyle(document.querySelector(one)).display !== "none"])));
await browser.close();
rmSync(home, { recursive: true, force: true });
console.log(JSON.stringify(seen));
