/**
 * A user with tabs and semicolons has changed every line, and none. So before texts are compared those of the template
 * are formatted as the project's own settings say, by its own prettier.
 */
import { join } from 'node:path'
import { isSameContent, isText } from '../disk/same-content.ts'
import { messageOf } from '../errors.ts'
import type { Contents } from '../merge/merge-project.ts'
import { isNearer } from '../merge/renames.ts'
import { type Prettier, loadPrettier } from './load-prettier.ts'
import { findCode, hasOwnSettings } from './settings.ts'

/** Formats the content of a file of the template. */
export type Format = (path: string, content: Buffer) => Promise<Buffer>

/** How a project's own settings are followed; neither where they are those of the template. */
export interface OwnFormat {
  format?: Format
  /** Why they cannot be followed, as half a sentence. */
  obstacle?: string
}

/** Looks for the settings of a project, and for what can follow them. */
export async function findOwnFormat(folder: string, base: Contents): Promise<OwnFormat> {
  if (!hasOwnSettings(folder, base)) return {}
  try {
    const prettier = await loadPrettier(folder)
    // Always named, for what is searched for may be code. Without settings package.json is as good.
    const manifest = join(folder, 'package.json')
    const config = (await prettier.resolveConfigFile(manifest)) ?? manifest
    const obstacle = findCode(config)
    return obstacle ? { obstacle } : { format: newFormat(prettier, folder, config) }
  } catch (error) {
    return { obstacle: messageOf(error) }
  }
}

function newFormat(prettier: Prettier, folder: string, config: string): Format {
  const ignorePath = join(folder, '.prettierignore')
  return async (path, content) => {
    if (!isText(content)) return content
    const file = join(folder, path)
    const info = await prettier.getFileInfo(file, { ignorePath, resolveConfig: false })
    if (info.ignored || !info.inferredParser) return content
    const settings = await prettier.resolveConfig(file, { config, editorconfig: true })
    // Plugins would be code of whoever wrote the settings.
    const options = { ...settings, plugins: [], parser: info.inferredParser }
    return prettier.format(String(content), options).then(Buffer.from, () => content)
  }
}

/**
 * Formats those files of the template that differ in `base` and `theirs`; but not one that the user has left as it was
 * before, or has not formatted yet.
 */
export async function inOwnFormat(
  [base, theirs]: [base: Contents, theirs: Contents],
  read: (path: string) => Buffer | undefined,
  format: Format,
): Promise<[base: Contents, theirs: Contents]> {
  const [before, now] = [new Map(base), new Map(theirs)]
  for (const path of new Set([...base.keys(), ...theirs.keys()])) {
    const [old, next] = [base.get(path), theirs.get(path)]
    if (isSameContent(old, next)) continue
    const nearest = old && (await takeNearest(path, old, read(path), format))
    if (nearest && nearest === old) continue
    if (nearest) before.set(path, nearest)
    if (next) now.set(path, await format(path, next))
  }
  return [before, now]
}

/** A file of the template in the format of the user's: formatted, or as it is. */
export async function takeNearest(
  path: string,
  content: Buffer,
  ours: Buffer | undefined,
  format: Format,
): Promise<Buffer> {
  const formatted = await format(path, content)
  return ours && isNearer(ours, content, formatted) ? content : formatted
}
