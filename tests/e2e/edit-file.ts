import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'

/** Edits a file of a project until the test ends. The edit must change it. */
export async function editFile(
  project: string,
  path: string,
  edit: (text: string) => string,
): Promise<void> {
  const file = join(project, path)
  const text = await readFile(file, 'utf8')
  const edited = edit(text)
  expect(edited).not.toBe(text)
  onTestFinished(() => writeFile(file, text))
  await writeFile(file, edited)
}
