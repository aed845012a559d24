import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder } from '../folders.ts'
import { LAUNCHER } from './run-cli.ts'

const TEMPLATES = join(import.meta.dirname, '../../templates')

const hasStrace = spawnSync('strace', ['-V']).status === 0

/** What a run opens of the templates, files and folders, by path below them. */
function listOpened(args: string[]): string[] {
  const cwd = makeFolder()
  const trace = ['-f', '-qq', '-e', 'trace=open,openat', '-e', 'signal=none', '-o', 'opened.txt']
  const { status } = spawnSync('strace', [...trace, process.execPath, LAUNCHER, ...args], { cwd })
  expect(status).toBe(0)
  const paths = readFileSync(join(cwd, 'opened.txt'), 'utf8').matchAll(
    /open(?:at)?\([^"]*"([^"]*)"/g,
  )
  return [...paths]
    .map(([, path = '']) => path)
    .filter((path) => path.startsWith(`${TEMPLATES}/`))
    .map((path) => path.slice(TEMPLATES.length + 1))
    .toSorted()
}

/** The files that are copied into a project with the topology `main-port`: what is rendered is in the bundle. */
function listCopied(): string[] {
  return readdirSync(TEMPLATES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(TEMPLATES.length + 1))
    .filter((path) => /^(base|demos|features|plain-pages|topologies\/main-port)\//.test(path))
    .filter((path) => !/^\w+\/[^/]+\/(topology\.json|feature\.json|readme\.md)$/.test(path))
    .filter((path) => !path.endsWith('.ejs'))
    .toSorted()
}

describe.runIf(hasStrace)('of the templates a run opens', () => {
  it('what it copies, once each, and no folder', () => {
    expect(listOpened(['my-app', '--topology', 'main-port'])).toEqual(listCopied())
  })

  it.each([
    ['help', ['--help']],
    ['the list', ['list', '--diagram']],
    ['the completion', ['completion', 'bash']],
    ['the schema', ['schema']],
  ])('nothing for %s', (_, args) => {
    expect(listOpened(args)).toEqual([])
  })

  it('what a skeleton is made of, and no topology', () => {
    const opened = listOpened(['my-app', '--topology', 'main-port,worker-window', '--no-demos'])
    expect(opened.filter((path) => !/^(base|features|plain-pages|skeleton)\//.test(path))).toEqual(
      [],
    )
    expect(opened).toContain('skeleton/pages/src/renderer/show-link.ts')
  })
})
