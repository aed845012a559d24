const LONGEST_LIST = 10

/** The names in order, of many the first ones. */
export function listSome(names: string[]): string {
  const shown = names.toSorted().slice(0, LONGEST_LIST).join(', ')
  const rest = names.length - LONGEST_LIST
  return rest > 0 ? `${shown}, … and ${rest} more` : shown
}
