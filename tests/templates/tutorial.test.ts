import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { readTemplates } from '../../src/catalogue/read-templates.ts'
import { planProject } from '../../src/render/plan.ts'
import { renderProject } from '../../src/render/render.ts'
import { readCatalogue } from '../../src/catalogue/catalogue.ts'
import { makeApp } from '../unit/catalogue.ts'
import { makeFolder } from '../folders.ts'

const repository = join(import.meta.dirname, '../..')

/** The files of the topology that `templates/README.md` writes step by step, by path. */
function readTutorial(): Record<string, string> {
  const text = readFileSync(join(repository, 'templates/README.md'), 'utf8')
  const steps = text.split(/^\d\. /m).slice(1)
  const files = steps.flatMap((step) => {
    const [, path = ''] = /`((?:topologies\/echo\/topology|src\/|tests\/)[\w./]+)`/.exec(step) ?? []
    const blocks = [...step.matchAll(/```(\w+)\n(.*?)```/gs)]
    return blocks.map(([, language, block = '']): [string, string] => [
      language === 'html' ? join(dirname(path), 'demo.html') : path,
      block.replaceAll(/^ {3}/gm, ''),
    ])
  })
  return Object.fromEntries(
    files
      .filter(([path]) => path !== '')
      .map(([path, block]) => [path.replace('topologies/echo/', ''), block]),
  )
}

it('the topology of templates/README.md is a project that passes its type check and linter', () => {
  const tutorial = readTutorial()
  expect(Object.keys(tutorial).toSorted()).toEqual([
    'src/contracts/echo.ts',
    'src/main/services/echo.ts',
    'src/renderer/app/demos/echo/demo.html',
    'src/renderer/app/demos/echo/index.ts',
    'tests/e2e/echo.spec.ts',
    'topology.json',
  ])
  const templates = makeFolder()
  for (const layer of ['base', 'demos', 'plain-pages']) {
    cpSync(join(repository, 'templates', layer), join(templates, layer), { recursive: true })
  }
  for (const [path, text] of Object.entries({ ...tutorial, 'readme.md': '' })) {
    write(join(templates, 'topologies/echo', path), text)
  }
  const project = makeFolder()
  const plan = planProject('echo', makeApp(['echo']), readCatalogue(templates), '0.0.0')
  for (const [path, { content }] of renderProject(plan, readTemplates(templates))) {
    write(join(project, path), content)
  }
  symlinkSync(join(repository, 'node_modules'), join(project, 'node_modules'), 'junction')
  execFileSync('npm', ['run', 'typecheck'], { cwd: project, stdio: 'pipe' })
  execFileSync('npm', ['run', 'lint'], { cwd: project, stdio: 'pipe' })
}, 60_000)

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
