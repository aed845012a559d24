import { expect, test } from 'vitest'
import { describeInElectron } from '../electron/describe-in-electron.ts'
import { ALL_TOPOLOGIES } from './demos.ts'
import { flagsOf } from './graphs.ts'
import { runScript } from './project.ts'
import { useProjectBy } from './use-project.ts'

/** What follows is which of its tests in Electron are run, where all are those of another too. */
const SKELETONS: [name: string, flags: string[], ...tests: string[]][] = [
  [
    'a graph of one’s own, with links between nodes of every kind',
    flagsOf({
      nodes: [
        'side:window',
        'engine:worker-window',
        'search:utility-process',
        'store:utility-process',
        'document:window:many',
        'crew:utility-process:many',
      ],
      links: [
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
        'talk:document:document',
        'edit:document:crew',
      ],
    }),
  ],
  [
    'all topologies without their demos',
    ['--topology', ALL_TOPOLOGIES.join(','), '--no-demos'],
    // Those between ends of which there are no others here: views, and pages without a bundler.
    ...['docs', 'guest-page', 'held', 'note-page', 'plain-figures', 'tab-strip'].map(
      (link) => `links/${link}.spec`,
    ),
  ],
  [
    'links of one’s own to and from the nodes of demos',
    [
      '--topology',
      'renderer-bridge,utility-process,worker-window',
      ...flagsOf({
        nodes: ['search:utility-process'],
        links: [
          'find:app:worker',
          'keep:worker:search',
          'show:search:preview',
          'more:preview:main',
          'index:preview:indexer',
          'news:indexer:search',
        ],
      }),
    ],
    'links/',
  ],
]

for (const [name, flags, ...tests] of SKELETONS) {
  describeInElectron(`A skeleton of ${name}`, ({ env }) => {
    const project = useProjectBy(flags, env)

    test('passes its type check, its linter and its unit tests at once', async () => {
      for (const script of ['typecheck', 'lint', 'test']) {
        expect(await runScript(project(), env(), script)).not.toMatch(/failed|warning:/)
      }
    }, 300_000)

    test('gets a call and a stream answered on each link that is asked, and after a restart', async () => {
      expect(await runScript(project(), env(), 'test:e2e', ...tests)).not.toMatch(/failed|flaky/)
    }, 600_000)
  })
}
