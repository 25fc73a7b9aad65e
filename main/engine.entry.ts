import type { FromEngine, ToEngine } from "#main/engine-messages.ts";
import { faultMessage } from "#main/fault-message.ts";

const port = process.parentPort;

port.on("message", async ({ data }: { data: ToEngine }) => {
  const answer = (reply: FromEngine["reply"]) =>
    port.postMessage({ id: data.id, reply } satisfies FromEngine);
  try {
    // Read on first use: the engine answers at once after a start.
    const { bidsReader } = await import("#app/dataset/bids-reader.ts");
    answer({ ok: true, value: await bidsReader.describe(data.path) });
  } catch (thrown) {
    answer({ ok: false, fault: faultMessage(thrown) });
  }
});
