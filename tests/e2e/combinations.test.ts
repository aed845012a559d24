import { test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { ALL_TOPOLOGIES, expectAllToWork } from './demos.ts'
import { makeProject, removeProject, runScript } from './project.ts'

/** Beside the full set: pairs of which each has something in main, in the preload or in a process of its own. */
const SETS = [
  ['main-port', 'worker-window'],
  ['main-port', 'main-world'],
  ['main-port', 'utility-process'],
  ['main-world', 'reply-stream'],
  ['renderer-bridge', 'utility-process'],
  ['renderer-bridge', 'worker-window'],
  ['main-port', 'renderer-bridge', 'reply-stream'],
  ['main-world', 'utility-process', 'worker-window'],
]

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
})

describeInElectron('A project of all topologies', ({ env }) => {
  test('passes its own checks', async () => {
    const project = await makeProject(ALL_TOPOLOGIES, env())
    try {
      for (const script of ['typecheck', 'lint', 'test']) await runScript(project, env(), script)
    } finally {
      await removeProject(project)
    }
  }, 180_000)
})
