import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planProject } from '../../../src/render/plan.ts'
import { renderProject, type ProjectFile, type ProjectFiles } from '../../../src/render/render.ts'
import { readCatalogue } from '../../../src/catalogue/topologies.ts'

const CATALOGUE = readCatalogue('templates')
const NAMES = CATALOGUE.map((topology) => topology.name)

// Each topology alone, and the richest combination.
const COMBINATIONS = [...NAMES.map((name) => [name]), ...(NAMES.length > 1 ? [NAMES] : [])]

describe.each(COMBINATIONS)('the project of %s', (...names) => {
  const files = render(names)

  it('equals its snapshot', async () => {
    const combination = names.length > 1 ? 'all' : names[0]
    await expect(describeFiles(files)).toMatchFileSnapshot(`../../snapshots/${combination}.txt`)
  })

  it('holds the bytes of the templates where they are copied', () => {
    const copied = [...files].filter(([, { how }]) => how === 'copied')
    const changed = copied.filter(([path, file]) => !file.content.equals(readSource(file, path)))
    expect(copied.length).toBeGreaterThan(0)
    expect(changed.map(([path]) => path)).toEqual([])
  })
})

function render(names: string[]): ProjectFiles {
  const destination = { directory: 'my-app', path: '/my-app', name: 'my-app' }
  const choices = { destination, topologies: new Set(names) }
  // A version of its own, or each release would change every snapshot.
  return renderProject(planProject(choices, CATALOGUE, '0.0.0'), 'templates')
}

/** One line for each file, then the text of those that are more than copies. */
function describeFiles(files: ProjectFiles): string {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const made = sorted.filter(([, { how }]) => how !== 'copied')
  return [
    ...sorted.map(([path, { from, how }]) => `${path} (${how} from ${from})`),
    ...made.map(([path, { content }]) => `\n===== ${path} =====\n${content}`),
    '',
  ].join('\n')
}

function readSource({ from }: ProjectFile, path: string): Buffer {
  const hidden = path.replaceAll(/(^|\/)\./g, '$1_')
  return readFileSync(join('templates', from, hidden))
}
