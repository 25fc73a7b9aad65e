import type { Page } from "@playwright/test";

/** Drags files or folders of the disk onto the middle of the window, as the system does it. */
export async function drag(page: Page, paths: readonly string[]): Promise<{ drop: () => Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  const send = (type: "dragEnter" | "dragOver" | "drop") =>
    session.send("Input.dispatchDragEvent", {
      type,
      x: 700,
      y: 400,
      data: { items: [], files: [...paths], dragOperationsMask: 1 },
    });
  await send("dragEnter");
  await send("dragOver");
  return {
    drop: async () => {
      await send("drop");
      await session.detach();
    },
  };
}
