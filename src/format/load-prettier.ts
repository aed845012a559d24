import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FailedError, messageOf } from '../errors.ts'
import { findOrigin } from '../programs/git.ts'

/** What we use of prettier 3. */
export interface Prettier {
  version: string
  resolveConfigFile(file: string): Promise<string | null>
  resolveConfig(
    file: string,
    options: { config: string; editorconfig: boolean },
  ): Promise<Record<string, unknown> | null>
  getFileInfo(
    file: string,
    options: { ignorePath: string; resolveConfig: boolean },
  ): Promise<{ ignored: boolean; inferredParser: string | null }>
  format(text: string, options: Record<string, unknown>): Promise<string>
}

/**
 * Loads the prettier that a project has installed. Only one that an install has put there: what came with a clone
 * may be anything, and is not run.
 *
 * Throws a FailedError with half a sentence when there is none.
 */
export async function loadPrettier(folder: string): Promise<Prettier> {
  const file = findPrettier(folder)
  const obstacle = await findOrigin(dirname(file))
  if (obstacle) throw new FailedError(obstacle)
  const module = await import(pathToFileURL(file).href)
  const prettier: Prettier = module.default ?? module
  if (Number.parseInt(prettier.version, 10) >= 3) return prettier
  throw new FailedError(`its prettier is ${prettier.version}, and older than 3`)
}

function findPrettier(folder: string): string {
  try {
    return realpathSync(createRequire(join(folder, 'package.json')).resolve('prettier'))
  } catch (error) {
    throw new FailedError('prettier is not in its node_modules', 'failed', {
      cause: messageOf(error),
    })
  }
}
