import { ipcMain } from "electron";
import { type Call, calls, type Input, type Output, type Reply } from "#app/contract/calls.ts";
import { faultMessage } from "#main/fault-message.ts";
import { isOurPage } from "#main/page-scheme.ts";

/** Answers one call; the only place that hears the window. Strangers and odd input go no further. */
export function serve<C extends Call>(name: C, handler: (input: Input<C>) => Promise<Output<C>>): void {
  ipcMain.handle(name, async (event, given: unknown): Promise<Reply<Output<C>>> => {
    try {
      const frame = event.senderFrame;
      if (!frame || frame !== event.sender.mainFrame || !isOurPage(frame.url))
        throw new Error("The call did not come from the application's page.");
      const input = calls[name].input.parse(given) as Input<C>;
      const output = calls[name].output.parse(await handler(input)) as Output<C>;
      return { ok: true, value: output };
    } catch (thrown) {
      return { ok: false, fault: faultMessage(thrown) };
    }
  });
}
