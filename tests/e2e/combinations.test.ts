import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { ALL_TOPOLOGIES, expectAllToWork } from './demos.ts'
import { makeProject, removeProject, runScript } from './project.ts'

/** Beside each by itself, and the full set: those of which each has something in main, in the preload or in a process of its own. */
const SETS = [
  ['main-port', 'main-world'],
  ['renderer-bridge', 'utility-process'],
  ['hub', 'main-world', 'worker-window'],
  ['main-port', 'reply-stream', 'tabs'],
]

/** How many of the tests of a topology are for an older Electron than this one. */
const SKIPPED: Record<string, number> = { tabs: 1 }

/** Whose project is looked at in `generated-project.test.ts`, with all of its tests. */
const GENERATED = 'worker-window'

describeInElectron('A project of', ({ launch, env }) => {
  test.each(SETS.map((names) => [names.join(', '), names] as const))(
    '%s is installed, built, and runs: every link of its first window connects',
    async (_, names) => {
      const project = await makeProject(names, env())
      try {
        const { app } = await launch(project)
        await expectAllToWork(app, names)
        await app.close()
      } finally {
        await removeProject(project)
      }
    },
    180_000,
  )

  test.each(ALL_TOPOLOGIES.filter((name) => name !== GENERATED))(
    '%s alone passes its type check, and those of its tests in Electron that are of the topology',
    async (topology) => {
      const project = await makeProject([topology], env())
      try {
        await runScript(project, env(), 'typecheck')
        const output = await runScript(project, env(), 'test:e2e', `${topology}.spec`)
        expect(output).toMatch(/\d+ passed/)
        expect(output).not.toMatch(/flaky/)
        expect(Number(/(\d+) skipped/.exec(output)?.[1] ?? 0)).toBe(SKIPPED[topology] ?? 0)
      } finally {
        await removeProject(project)
      }
    },
    600_000,
  )

  test('all topologies passes its own checks, of which each has a part', async () => {
    const project = await makeProject(ALL_TOPOLOGIES, env())
    try {
      for (const script of ['typecheck', 'lint', 'test']) await runScript(project, env(), script)
    } finally {
      await removeProject(project)
    }
  }, 180_000)
})
