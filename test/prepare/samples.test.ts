import { expect, test } from "vitest";
import { eventMeans, everyVolume } from "#app/prepare/samples.ts";

/** Six volumes of two voxels: row r holds r and 10 r. */
const volumes = Float32Array.from([0, 0, 1, 10, 2, 20, 3, 30, 4, 40, 5, 50]);
const event = (onset: number, duration: number, label: string | null = "a") => ({ onset, duration, label });

test("an event's sample is the mean of the volumes that begin within it, as it is", () => {
  const events = [event(0, 4), event(4, 6, "b")];
  const { values, ...told } = eventMeans(volumes, 6, 2, events, 2, 0);
  expect([...values]).toStrictEqual([0.5, 5, 3, 30]);
  const spans = [
    [0, 2],
    [2, 5],
  ];
  expect(told).toStrictEqual({ labels: ["a", "b"], onsets: [0, 4], volumes: spans, left: 0 });
});

test("the shift moves the window, and what reaches past the run is left out", () => {
  const shifted = eventMeans(volumes, 6, 2, [event(0, 4), event(8, 4), event(10, 4)], 2, 4);
  expect([...shifted.values]).toStrictEqual([2.5, 25]);
  expect(shifted.left).toBe(2);
  expect(eventMeans(volumes, 6, 2, [event(0, 4)], 2, -2).left).toBe(1);
});

test("an event between two volumes takes the nearest one", () => {
  const { values } = eventMeans(volumes, 6, 2, [event(2.5, 0), event(7.4, 0.2)], 2, 0);
  expect([...values]).toStrictEqual([1, 10, 4, 40]);
});

test("times that are whole multiples of the TR do not fall to the next volume by round-off", () => {
  const { values } = eventMeans(volumes, 6, 2, [event(0.3, 0.3)], 0.1, 0);
  expect([...values]).toStrictEqual([4, 40]);
});

test("every volume can be a sample, without a label", () => {
  expect(everyVolume(volumes, 6, 1.5)).toStrictEqual({
    values: volumes,
    labels: [null, null, null, null, null, null],
    onsets: [0, 1.5, 3, 4.5, 6, 7.5],
    volumes: [0, 1, 2, 3, 4, 5].map((row) => [row, row + 1]),
    left: 0,
  });
});
