import { createTwoFilesPatch } from 'diff'
import { toPrintable } from '../terminal/printable.ts'

/** Shows line by line how a file differs, as `diff -u` would; in words what has no lines. */
export function describePatch(
  path: string,
  [beforeName, before]: [name: string, content: Buffer | undefined],
  [afterName, after]: [name: string, content: Buffer | undefined],
): string {
  if (before?.includes(0) || after?.includes(0)) return `${path}: another file, and no text`
  const patch = createTwoFilesPatch(
    `${beforeName} ${path}`,
    `${afterName} ${path}`,
    String(before ?? ''),
    String(after ?? ''),
  )
  return patch.split('\n').slice(1).map(showLine).join('\n')
}

/** Of what is not shown only a tab is harmless, and there in every line of who indents by them. */
function showLine(line: string): string {
  return line.split('\t').map(toPrintable).join('\t')
}
