import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readCatalogue } from '../../src/catalogue/catalogue.ts'
import { readTemplates } from '../../src/catalogue/read-templates.ts'
import { planProject } from '../../src/render/plan.ts'
import { renderProject } from '../../src/render/render.ts'
import { makeFolder } from '../folders.ts'
import { makeApp } from '../unit/catalogue.ts'

const CATALOGUE = readCatalogue('templates')

/** The frameworks there are. */
export const UIS = CATALOGUE.uis.map(({ name }) => name)

/** Writes the files of a project in a framework, of which nothing is installed, until the test ends. Returns its folder. */
export function renderUi(ui: string): string {
  const app = { ...makeApp([]), demos: false, ui }
  const plan = planProject('my-app', app, CATALOGUE, '0.0.0')
  const project = makeFolder()
  for (const [path, { content }] of renderProject(plan, readTemplates('templates'))) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), content)
  }
  return project
}
