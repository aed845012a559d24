/**
 * True for two files that are both missing, or differ in their line ends at most: how the lines of a text end,
 * git decides on each machine.
 */
export function isSameContent(one: Buffer | undefined, other: Buffer | undefined): boolean {
  if (!one || !other) return one === other
  if (one.equals(other)) return true
  return isText(one) && isText(other) && withLineFeeds(one) === withLineFeeds(other)
}

/** What git takes for text. */
export function isText(content: Buffer): boolean {
  return !content.includes(0)
}

function withLineFeeds(text: Buffer): string {
  // One character for each byte.
  return text.toString('latin1').replaceAll('\r\n', '\n')
}
