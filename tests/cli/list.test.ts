import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeFolder } from '../folders.ts'
import { runCli } from './run-cli.ts'

const NAMES = readdirSync('templates/topologies').toSorted()
const FEATURES = readdirSync('templates/features').toSorted()

const list = (...args: string[]) => runCli(['list', ...args], { cwd: makeFolder() })

it('lists every topology, and what a project has beside, with a line about each', () => {
  const { status, stdout } = list()
  expect(status).toBe(0)
  const [topologies = '', features = ''] = stdout.split(/\n\nBeside, unless --no-<name> .+:\n/)
  expect(topologies.split('\n').map((line) => line.split(' ')[0])).toEqual(NAMES)
  expect(features.split('\n').map((line) => line.split(' ')[0])).toEqual([...FEATURES, ''])
})

it('draws who talks to whom', () => {
  expect(list('--diagram').stdout).toContain('  app (window) ── jobs ──▶ worker (worker window)\n')
})

it('says the same to a program', () => {
  const { topologies, features } = JSON.parse(list('--json').stdout)
  expect(topologies.map(({ name }: { name: string }) => name)).toEqual(NAMES)
  expect(features.map(({ name }: { name: string }) => name)).toEqual(FEATURES)
  expect(topologies.at(-1)).toMatchObject({
    title: 'Worker window',
    nodes: { app: { kind: 'window' } },
    links: { jobs: { from: 'app', to: 'worker' } },
  })
})

it('makes a project called list where the path says so', () => {
  const cwd = makeFolder()
  expect(runCli(['./list', '--topology', 'worker-window'], { cwd }).status).toBe(0)
  expect(readdirSync(cwd)).toEqual(['list'])
})
