import { app, session } from "electron";
import { isOurPage } from "#main/page-file.ts";

/** What Concord has no use for: all it shows lies on this computer. */
const NETWORK = ["http", "https", "ws", "wss", "ftp"].map((scheme) => `${scheme}://*/*`);

/**
 * Refuses the network, permissions, new windows, webviews and every page but ours. A report lies in a frame of our own
 * page.
 */
export function lockDown(): void {
  session.defaultSession.webRequest.onBeforeRequest({ urls: NETWORK }, (_details, done) =>
    done({ cancel: true }),
  );
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
