import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Gives a project the prettier of this repository, as an install would. */
export function installPrettier(project: string): void {
  const folder = join(project, 'node_modules/prettier')
  mkdirSync(folder, { recursive: true })
  const main = JSON.stringify(import.meta.resolve('prettier'))
  writeFileSync(join(folder, 'index.mjs'), `export { default } from ${main}\n`)
  writeFileSync(join(folder, 'package.json'), '{ "name": "prettier", "exports": "./index.mjs" }\n')
}
