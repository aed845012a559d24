import { lstatSync, readFileSync } from 'node:fs'

/** True for a file with just that content. How the lines of a text end, git decides on each machine. */
export function hasContent(path: string, content: Buffer): boolean {
  try {
    return lstatSync(path).isFile() && isSame(readFileSync(path), content)
  } catch {
    return false
  }
}

function isSame(one: Buffer, other: Buffer): boolean {
  if (one.equals(other)) return true
  return isText(one) && isText(other) && withLineFeeds(one) === withLineFeeds(other)
}

/** What git takes for text. */
function isText(content: Buffer): boolean {
  return !content.includes(0)
}

function withLineFeeds(text: Buffer): string {
  // One character for each byte.
  return text.toString('latin1').replaceAll('\r\n', '\n')
}
