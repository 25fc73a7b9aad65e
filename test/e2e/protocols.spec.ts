import { expect, type Page, test } from "@playwright/test";
import { launch } from "./launch.ts";

/** Every protocol, each with its claims and schemes, as the window offers them. */
const asked = [
  { protocol: "leave-one-run-out", claim: "same subjects, new data", scheme: "B" },
  { protocol: "leave-one-run-out", claim: "new subject", scheme: "A" },
  { protocol: "leave-one-block-out", claim: "same subjects, new data", scheme: "A" },
  { protocol: "leave-one-block-out", claim: "new subject", scheme: "B" },
  { protocol: "fit-test", claim: "new subject", scheme: "B" },
  { protocol: "leave-one-subject-out", claim: null, scheme: null },
] as const;

test("every protocol runs from the window and says what it claims", async () => {
  test.setTimeout(300_000);
  const { app, page } = await launch();
  await page
    .getByRole("button", { name: /example/i })
    .first()
    .click();
  await expect(page.locator("table.runs tbody tr")).toHaveCount(8, { timeout: 90_000 });
  // Three subjects are the fewest that a new one can be told from, and soon done.
  for (const subject of ["sub-04", "sub-05", "sub-06", "sub-07", "sub-08"])
    await page.getByLabel(subject, { exact: true }).uncheck();
  for (const { protocol, claim, scheme } of asked) {
    await page.getByRole("button", { name: "Align", exact: true }).first().click();
    await openTest(page);
    await page.getByLabel("Protocol").selectOption(protocol);
    if (claim !== null) await page.getByLabel("Claim").selectOption(claim);
    if (scheme !== null) await page.getByLabel("Train on").selectOption(scheme);
    if (protocol === "leave-one-block-out") await page.getByLabel("Gap").fill("4");
    await page.getByRole("button", { name: "Align and classify" }).click();
    await expect(page.getByRole("button", { name: "See the result" })).toHaveCount(0);
    await page.getByRole("button", { name: "See the result" }).click({ timeout: 60_000 });
    const told = page.locator(".classify > .heading .told");
    await expect(told).toContainText(claim ?? "new subject");
    if (scheme !== null) await expect(told).toContainText(`scheme ${scheme}`);
    const sentence = page.locator(".sentence");
    if (claim === null) await expect(sentence).toContainText("The protocol leaves no rows to align on.");
    else
      await expect(sentence).toContainText(/ rises from \d+\.\d % on anatomy to \d+\.\d % after alignment/);
  }
  await app.close();
});

async function openTest(page: Page): Promise<void> {
  if (!(await page.getByLabel("Protocol").isVisible()))
    await page.getByText("Test", { exact: true }).first().click();
}
