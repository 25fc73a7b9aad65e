import { useEffect, useState } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { KnownDataset } from "#app/contract/annex.ts";
import { bytes } from "#renderer/parts/numbers.ts";
import { useCloning } from "#renderer/state/cloning.ts";
import { useDialog } from "#renderer/state/dialog.ts";

const TERMS_UNKNOWN =
  "Every dataset has terms of its own: read its dataset_description.json and README once they are here, and cite its authors.";

/** A dataset by name, OpenNeuro number or address: its terms, and then its names without contents. */
export function GetDataset() {
  const { open, show } = useDialog();
  const { known, named, busy, progress, wrong, list, find, clone, stop } = useCloning();
  const [address, setAddress] = useState("");
  const [agreed, setAgreed] = useState(false);
  const isOpen = open === "get-dataset";
  useEffect(() => {
    if (isOpen) void list();
  }, [isOpen, list]);
  const choose = (next: string) => {
    setAddress(next);
    setAgreed(false);
    void find(next);
  };
  const chosen = known.find(({ url }) => url === address);
  return (
    <ModalOverlay
      className="veil"
      isDismissable={!busy}
      isOpen={isOpen}
      onOpenChange={(now) => show(now ? "get-dataset" : null)}
    >
      <Modal className="floating get-dataset">
        <Dialog>
          <div className="heading">
            <Heading slot="title">Get a dataset</Heading>
            <span className="spring" />
            <Button slot="close" isDisabled={busy}>
              Close
            </Button>
          </div>
          <ul className="known">
            {known.map((one) => (
              <li key={one.url}>
                <label>
                  <input
                    type="radio"
                    name="known"
                    checked={one.url === address}
                    disabled={busy}
                    onChange={() => choose(one.url)}
                  />
                  <span>
                    <strong>{one.name}</strong> <span className="quiet">{sizeWords(one)}</span>
                    <br />
                    <span className="quiet">{one.description}</span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
          <label className="address">
            OpenNeuro number, or address of a DataLad dataset
            <input
              type="text"
              placeholder="ds001132 or https://…"
              value={chosen === undefined ? address : ""}
              disabled={busy}
              onChange={(event) => choose(event.target.value.trim())}
            />
          </label>
          <p className="quiet terms">{(chosen ?? named)?.terms ?? TERMS_UNKNOWN}</p>
          <label className="keep">
            <input
              type="checkbox"
              checked={agreed}
              disabled={busy || address === ""}
              onChange={(event) => setAgreed(event.target.checked)}
            />
            <span>I have read these terms and keep to them</span>
          </label>
          <p className="quiet">Only names and sizes come first. Then you choose the subjects to download.</p>
          <p className="ways">
            {busy ? (
              <button type="button" onClick={stop}>
                Stop
              </button>
            ) : (
              <button
                type="button"
                className="primary"
                disabled={!agreed || address === ""}
                onClick={() => void clone(address)}
              >
                Choose a folder and get it…
              </button>
            )}
          </p>
          <div className="opening" aria-live="polite">
            {busy && (
              <>
                <progress
                  aria-label="Progress of getting the dataset"
                  {...(progress?.total ? { max: progress.total, value: progress.done } : {})}
                />
                <p className="quiet">{progress?.phase ?? "Asking for the dataset's names."}</p>
              </>
            )}
            {!busy && wrong !== "" && (
              <p className="wrong" role="alert">
                ▲ {wrong}
              </p>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function sizeWords({ subjects, totalBytes }: KnownDataset): string {
  return [
    subjects === null ? null : `${subjects} subjects`,
    totalBytes === null ? null : `${bytes(totalBytes)} in all`,
  ]
    .filter((words) => words !== null)
    .join(" · ");
}
