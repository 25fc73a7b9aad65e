import { hint } from "#renderer/commands/command-table.ts";
import { useStudy } from "#renderer/state/study.ts";

/** The two dialogs that open what lies on the disk. */
export function OpenButtons({ primary = false }: { readonly primary?: boolean }) {
  const { busy, choose } = useStudy();
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
    </>
  );
}
