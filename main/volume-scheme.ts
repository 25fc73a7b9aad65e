import { protocol } from "electron";
import { answerVolume } from "#main/volume-answer.ts";

export const volumeScheme = {
  scheme: "volume",
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
};

/** Serves what was granted to the page: images, and the arrays of a run's maps. */
export function serveVolumes(fileOf: (grant: string, name: string) => string | null): void {
  protocol.handle("volume", (request) => answerVolume(request, fileOf));
}
