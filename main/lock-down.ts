import { app, session } from "electron";
import { isOurPage } from "#main/page-file.ts";

/** Refuses permissions, new windows, webviews and every page but ours. A report lies in a frame of our own page. */
export function lockDown(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, done) => done(false));
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission) => permission === "clipboard-sanitized-write",
  );
  app.on("web-contents-created", (_, contents) => {
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.on("will-frame-navigate", (event) => {
      if (!isOurPage(event.url) && event.url !== "about:srcdoc") event.preventDefault();
    });
  });
}
