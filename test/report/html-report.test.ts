import { describe, expect, test } from "vitest";
import { htmlReport } from "#app/report/html-report.ts";
import { finishedRun } from "./finished-run.ts";

describe("the HTML report", () => {
  const html = htmlReport(finishedRun());

  test("is one document that loads and runs nothing", () => {
    expect(html.startsWith("<!doctype html>")).toBe(true);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|<img|\bsrc=|@import|url\(/i);
    expect(
      [...html.matchAll(/href="([^"]+)"/g)].every(([, link]) => link?.startsWith("https://doi.org/")),
    ).toBe(true);
  });

  test("says the result, its claim and scheme, chance, and why a method was not measured", () => {
    expect(html).toContain(
      "Between-subject classification rises from 37.5 % on anatomy to 75.0 % after alignment; chance is 50.0 %.",
    );
    expect(html).toContain("same subjects, new data, scheme A; linear support vector machine");
    expect(html).toContain("Not measured. The runs to fit on share no condition with the runs to test on.");
    expect(html).toContain("Alignment raised accuracy in 2 of 2 subjects and lowered it in 0");
  });

  test("tells what was odd, what was left out and dropped, and the inputs with their hashes", () => {
    expect(html).toContain("Subjects left out: sub-03.");
    expect(html).toContain("Of 1,976 voxels of the region, 3 were dropped as constant and 1 as not finite");
    expect(html).toContain("There is no brain mask.");
    expect(html).toContain("run-2 was cut to the 90 rows that all subjects have of 100.");
    expect(html).toContain("ab".repeat(32));
  });

  test("shows text from files as text, whatever it holds", () => {
    const run = finishedRun();
    const name = `<img src=x onerror="alert(1)">&'`;
    const hostile = htmlReport({ ...run, origin: { ...run.origin, datasetName: name } });
    expect(hostile).not.toContain("<img");
    expect(hostile).toContain("&#60;img src=x onerror=&#34;alert(1)&#34;&#62;&#38;&#39;");
  });

  test("draws the nested choice with a ring at what was chosen, and the course of the fit, where there are any", () => {
    const { result } = finishedRun();
    const of = (k: number, score: number) => ({ parameters: { components: k }, score });
    const choices = [
      { fold: "run-1", segment: 10, tried: [of(10, 0.2), of(20, 0.4)], parameters: { components: 20 } },
    ];
    const fitCourses = [{ fold: "run-1", quantity: "log-likelihood", values: [-2e6, -1e6] }] as const;
    const drawn = htmlReport(finishedRun({}, { result: { ...result, choices, fitCourses } }));
    expect(drawn).toContain("<title>run-1, 20: 0.4</title>");
    expect(drawn).toMatch(/<circle class="ring" cx="429" cy="12" r="6"\/>/);
    expect(drawn).toContain("log-likelihood after each iteration, a line a fold.");
    expect(drawn).toContain(">−1M</text>");
    expect(html).not.toContain("How the method was fitted");
  });

  test("draws conditions two by two, models beside the noise ceiling, and labels drawn anew, where there are any", () => {
    const { result } = finishedRun();
    const side = (value: number) => ({
      between: [
        [value, null],
        [-0.2, value],
      ],
      dissimilarity: [
        [0, 0.8],
        [0.8, 0],
      ],
      agreement: { lower: [0.4, 0.6], upper: [0.6, 0.8] },
      places: null,
      models: [{ name: "<size>", perSubject: [value, null] }],
    });
    const similarity = { dissimilarity: "correlation" as const, anatomical: side(0.1), aligned: side(0.5) };
    const drawn = [0.4, 0.5, 0.5, 0.6];
    const aligned = { observed: 0.75, drawn, p: 0.2, interval: [0.1, 0.5] as const };
    const permutations = { repeat: "classifier" as const, exact: false, asked: 4, done: 4, aligned };
    const told = htmlReport(finishedRun({}, { result: { ...result, similarity, permutations } }));
    expect(told).toContain("<title>face with house: never together</title>");
    expect(told).toContain('class="cell low"');
    expect(told).toContain(
      '<th scope="row">&#60;size&#62;</th><td class="number">0.10</td><td class="number">0.50</td>',
    );
    expect(told).toContain("0.50 to 0.70");
    expect(told).toContain("Mean accuracy after alignment in 4 draws, and as observed (p = .20).");
    expect(told.match(/<rect class="bar"/g)).toHaveLength(3);
    expect(html).not.toContain("Conditions two by two");
    expect(html).not.toContain("Labels drawn anew");
  });

  test("has no figure of inter-subject correlation where nothing was aligned", () => {
    const { accuracy, ...others } = finishedRun().result;
    const result = { ...others, accuracy: { ...accuracy, aligned: null } };
    const plain = htmlReport(
      finishedRun({ protocol: { name: "leave-one-subject-out" } }, { isc: null, result }),
    );
    expect(html).toContain("Figure 3. Inter-subject correlation");
    expect(plain).not.toContain("Figure 3");
    expect(plain).toContain("Classification in study");
  });
});
