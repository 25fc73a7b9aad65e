/** Names without the beginning that all share, cut where a word of them begins: "task-a_run-1" and "-2" are "1", "2". */
export function shortNames(names: readonly string[]): string[] {
  const [first = "", ...others] = names;
  if (others.length === 0) return [...names];
  let shared = 0;
  while (shared < first.length && others.every((name) => name[shared] === first[shared])) shared += 1;
  // "run-10" and "run-11" share the 1, which belongs to their numbers.
  while (shared > 0 && /\d/.test(first[shared - 1] ?? "")) shared -= 1;
  const cut = names.map((name) => name.slice(shared));
  return cut.some((name) => name === "") ? [...names] : cut;
}
