import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Puts something in the place of a file of a project's build, until the test is over. */
export async function replaceInBuild(
  project: string,
  path: string,
  change: (text: string) => string,
): Promise<void> {
  const file = join(project, 'out', path)
  const text = await readFile(file, 'utf8')
  await rename(file, `${file}.away`)
  onTestFinished(() => rename(`${file}.away`, file))
  await writeFile(file, change(text))
}
