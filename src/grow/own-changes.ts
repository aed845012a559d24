import { join, resolve } from 'node:path'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Templates } from '../catalogue/templates.ts'
import { isSameContent } from '../disk/same-content.ts'
import { findOwnFormat, takeNearest } from '../format/own-format.ts'
import type { Contents } from '../merge/merge-project.ts'
import { toPrintableJson } from '../terminal/printable.ts'
import { describePatch } from '../report/patch.ts'
import { renderBase } from './base.ts'
import { type GrowFlags, readIfThere, renderKnown } from './grow.ts'
import { readProject } from './read-project.ts'

/** A file of the project that is not as its choices render it. */
interface OwnChange {
  path: string
  base: Buffer
  /** Undefined when the user has deleted it. */
  ours: Buffer | undefined
}

/** Prints what of a project is its user's: each file that is not as the choices render it, line by line. */
export async function showOwnChanges(
  flags: GrowFlags,
  catalogue: Catalogue,
  templates: Templates,
): Promise<void> {
  const project = readProject(resolve(flags.project ?? '.'), catalogue, undefined)
  const base = await renderBase(project, flags.base, catalogue, () =>
    renderKnown(project, project.app, catalogue, templates),
  )
  const changes = await listChanges(project.folder, base)
  console.log(flags.json ? toPrintableJson(toJson(changes)) : describe(changes))
}

/** What differs in its format alone is not changed. */
async function listChanges(folder: string, base: Contents): Promise<OwnChange[]> {
  const { format } = await findOwnFormat(folder, base)
  const changes: OwnChange[] = []
  for (const [path, content] of base) {
    const ours = readIfThere(join(folder, path))
    if (isSameContent(content, ours)) continue
    const nearest = format && ours ? await takeNearest(path, content, ours, format) : content
    if (!isSameContent(nearest, ours)) changes.push({ path, base: nearest, ours })
  }
  return changes
}

function describe(changes: OwnChange[]): string {
  if (changes.length === 0) return 'Nothing is yours yet: the project is as its choices render it.'
  return changes.map(describeChange).join('\n')
}

function describeChange({ path, base, ours }: OwnChange): string {
  if (!ours) return `${path}: deleted`
  return describePatch(path, ["the template's", base], ['your', ours])
}

function toJson(changes: OwnChange[]): object {
  return {
    success: true,
    files: changes.map(({ path, ours }) => ({ path, how: ours ? 'changed' : 'deleted' })),
  }
}
