import { hint } from "#renderer/commands/command-table.ts";
import { useDialog } from "#renderer/state/dialog.ts";
import { useStudy } from "#renderer/state/study.ts";

/** The dialogs that open what lies on the disk, or get it from elsewhere. */
export function OpenButtons({ primary = false }: { readonly primary?: boolean }) {
  const { busy, choose } = useStudy();
  const show = useDialog((dialog) => dialog.show);
  return (
    <>
      <button
        type="button"
        className={primary ? "primary" : undefined}
        title={hint("study.choose")}
        disabled={busy}
        onClick={() => void choose("folder")}
      >
        Open a folder…
      </button>
      <button
        type="button"
        title={hint("study.chooseFile")}
        disabled={busy}
        onClick={() => void choose("file")}
      >
        Open a file…
      </button>
      <button type="button" title={hint("study.get")} disabled={busy} onClick={() => show("get-dataset")}>
        Get a dataset…
      </button>
    </>
  );
}
