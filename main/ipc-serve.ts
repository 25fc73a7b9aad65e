import { BrowserWindow, ipcMain } from "electron";
import {
  type Call,
  calls,
  type EventName,
  events,
  type Output,
  type Payload,
  type Reply,
} from "#app/contract/calls.ts";
import { Fault } from "#app/contract/fault.ts";
import { faultMessage } from "#main/fault-message.ts";
import { isOurPage } from "#main/page-file.ts";

/** Answers one call; the only place that hears the window. Strangers and odd input go no further. */
export function serve<C extends Call>(name: C, handler: (input: Checked<C>) => Promise<Output<C>>): void {
  ipcMain.handle(name, async (event, given: unknown): Promise<Reply<Output<C>>> => {
    try {
      const frame = event.senderFrame;
      if (!frame || frame !== event.sender.mainFrame || !isOurPage(frame.url))
        throw new Fault("call/refused");
      const input = calls[name].input.safeParse(given);
      if (!input.success) throw new Fault("call/refused");
      const output = calls[name].output.parse(await handler(input.data as Checked<C>)) as Output<C>;
      return { ok: true, value: output };
    } catch (thrown) {
      return { ok: false, fault: faultMessage(thrown) };
    }
  });
}

/** Tells every window. */
export function tell<E extends EventName>(name: E, payload: Payload<E>): void {
  const checked = events[name].parse(payload);
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(name, checked);
}

/** Input as the schema leaves it, defaults filled in. */
type Checked<C extends Call> = import("zod").z.output<(typeof calls)[C]["input"]>;
