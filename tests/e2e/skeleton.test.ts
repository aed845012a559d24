import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { ALL_TOPOLOGIES } from './demos.ts'
import { runScript } from './project.ts'
import { useProjectBy } from './use-project.ts'

/** Nodes and links of one's own, as flags. */
function flagsOf(nodes: string[], links: string[]): string[] {
  return [
    ...nodes.flatMap((node) => ['--node', node]),
    ...links.flatMap((link) => ['--link', link]),
  ]
}

const SKELETONS: [name: string, flags: string[]][] = [
  [
    'a graph of one’s own, with links between nodes of every kind',
    flagsOf(
      ['side:window', 'engine:worker-window', 'search:utility-process', 'store:utility-process'],
      [
        'notes:app:side',
        'jobs:app:engine',
        'find:app:search',
        'files:app:main',
        'draw:engine:side',
        'look:engine:search',
        'disk:engine:main',
        'keep:search:store',
        'show:search:app',
        'render:search:engine',
        'ask:search:main',
        'news:main:side',
        'work:main:engine',
        'index:main:search',
      ],
    ),
  ],
  ['all topologies without their demos', ['--topology', ALL_TOPOLOGIES.join(','), '--no-demos']],
  [
    'links of one’s own beside demos',
    [
      '--topology',
      'main-port,utility-process',
      ...flagsOf(
        ['search:utility-process'],
        ['find:app:search', 'more:app:main', 'keep:search:main'],
      ),
    ],
  ],
]

for (const [name, flags] of SKELETONS) {
  describeInElectron(`A skeleton of ${name}`, ({ env }) => {
    const project = useProjectBy(flags, env)

    test('passes its type check, its linter and its unit tests at once', async () => {
      for (const script of ['typecheck', 'lint', 'test']) {
        expect(await runScript(project(), env(), script)).not.toMatch(/failed|warning:/)
      }
    }, 120_000)

    test('gets a call and a stream answered on each of its links, and after a restart', async () => {
      expect(await runScript(project(), env(), 'test:e2e')).not.toMatch(/failed|flaky/)
    }, 300_000)
  })
}
