import { lstatSync, readFileSync } from 'node:fs'
import { isSameContent } from './same-content.ts'

/** True for a file with just that content, but for its line ends. */
export function hasContent(path: string, content: Buffer): boolean {
  try {
    return lstatSync(path).isFile() && isSameContent(readFileSync(path), content)
  } catch {
    return false
  }
}
