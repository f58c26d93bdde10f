// Opens pages in a headless Chromium for those who try them as a reader does: whatever a page complains of or
// asks for fails the run.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

/** A browser with the puppeteer-core that is installed in a folder. */
export async function browse(folder) {
  const puppeteer = createRequire(`${folder}/`)("puppeteer-core");
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--force-color-profile=srgb"],
  });
  let checks = 0;
  const same = (got, wanted, what) => {
    assert.deepEqual(got, wanted, what);
    checks += 1;
  };

  /** A page opened by itself, which may ask for what is `known`. */
  async function open(address, known, { width, height, touch = false, dark = false }) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => wrong.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => wrong.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
    page.on("request", (request) => known(request.url()) || wrong.push(`request: ${request.url()}`));
    await page.setViewport({ width, height, hasTouch: touch, isMobile: touch });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
    await page.goto(address);
    return {
      page,
      text: (selector) => page.$eval(selector, (element) => element.textContent),
      all: (selector) => page.$$eval(selector, (elements) => elements.map((element) => element.textContent)),
      count: (selector) => page.$$eval(selector, (elements) => elements.length),
      shot: async (file) => {
        await new Promise((done) => setTimeout(done, 500));
        await page.screenshot({ path: `${folder}/${file}.png` });
      },
      done: async () => {
        same(wrong, [], `${address} complains or asks for something`);
        await context.close();
      },
    };
  }

  const close = async () => {
    await browser.close();
    console.log(`${checks} checks`);
  };
  return { same, open, close };
}
