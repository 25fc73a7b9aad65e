/** Every combination of one value of each name; of no names the one that is empty. The last name varies fastest. */
export function combinations(
  values: Readonly<Record<string, readonly unknown[]>>,
): Readonly<Record<string, unknown>>[] {
  return Object.entries(values).reduce<Record<string, unknown>[]>(
    (all, [name, list]) => all.flatMap((one) => list.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}
