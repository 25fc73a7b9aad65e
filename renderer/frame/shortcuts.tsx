import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { groups } from "#renderer/commands/command.ts";
import { commands, onMac } from "#renderer/commands/command-table.ts";
import { chordWords } from "#renderer/commands/key-chord.ts";
import { useDialog } from "#renderer/state/dialog.ts";

/** All keys, from the one table of commands. */
export function Shortcuts() {
  const { open, show } = useDialog();
  const mac = onMac();
  const labelsOf = (group: (typeof groups)[number]) => [
    ...new Set(
      commands.filter((one) => one.group === group && one.keys.length > 0).map(({ label }) => label),
    ),
  ];
  const chordsOf = (label: string) =>
    commands.filter((one) => one.label === label).flatMap(({ keys }) => keys);
  return (
    <ModalOverlay
      className="veil"
      isDismissable
      isOpen={open === "shortcuts"}
      onOpenChange={(now) => show(now ? "shortcuts" : null)}
    >
      <Modal className="floating shortcuts">
        <Dialog>
          <div className="heading">
            <Heading slot="title">Shortcuts</Heading>
            <span className="spring" />
            <Button slot="close">Close</Button>
          </div>
          <div className="groups">
            {groups.map((group) => (
              <section key={group}>
                <h3>{group}</h3>
                <dl>
                  {labelsOf(group).map((label) => (
                    <div key={label}>
                      <dt>{label}</dt>
                      <dd>
                        {wordsOf(chordsOf(label), mac).map((words) => (
                          <span key={words.join(" ")} className="chord">
                            {words.map((word) => (
                              <kbd key={word}>{word}</kbd>
                            ))}
                          </span>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Keys with the same key held down share it, said once. */
function wordsOf(chords: readonly string[], mac: boolean): string[][] {
  const words = chords.map((chord) => chordWords(chord, mac));
  const [held, ...others] = words.map((one) => one.slice(0, -1).join(" "));
  if (held === undefined || held === "" || others.length === 0 || others.some((other) => other !== held))
    return words;
  return [held.split(" "), ...words.map((one) => one.slice(-1))];
}
