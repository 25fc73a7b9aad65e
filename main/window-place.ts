import { readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const Place = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(900).max(20_000),
  height: z.int().min(600).max(20_000),
  maximised: z.boolean(),
});
export type WindowPlace = z.infer<typeof Place>;

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was; null the first time, for a file that can't be read, and when that screen is gone. */
export function readWindowPlace(file: string, screens: readonly Rectangle[]): WindowPlace | null {
  try {
    const place = Place.parse(JSON.parse(readFileSync(file, "utf8")));
    return screens.some((screen) => holdsTitle(screen, place)) ? place : null;
  } catch {
    return null;
  }
}

/** Writes it whole or not at all. */
export async function saveWindowPlace(file: string, place: WindowPlace): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, JSON.stringify(place));
  await rename(`${file}.part`, file);
}

/** Whether the middle of the window's upper edge, where it is moved by, lies on a screen. */
function holdsTitle(screen: Rectangle, { x, y, width }: Rectangle): boolean {
  const middle = x + width / 2;
  return (
    middle >= screen.x && middle < screen.x + screen.width && y >= screen.y && y < screen.y + screen.height
  );
}
