import { expect, it } from 'vitest'
import { planProject } from '../../../src/render/plan.ts'
import { CATALOGUE, PACKAGING, makeApp, makeTopology } from '../catalogue.ts'

function plan(names: string[], topologies = CATALOGUE.topologies) {
  return planProject('my-app', makeApp(names), { ...CATALOGUE, topologies }, '1.2.3')
}

it('is the same in whichever order the topologies were given', () => {
  expect(plan(['worker-window', 'main-port'])).toEqual(plan(['main-port', 'worker-window']))
})

it('holds the command that makes the project again, free of the folder it was made in', () => {
  expect(plan(['worker-window', 'main-port']).command).toBe(
    'npm create electron-ports@1.2.3 my-app -- --topology main-port,worker-window',
  )
})

it('holds one that is no command of its own where the project is called like one', () => {
  expect(planProject('list', makeApp(['main-port']), CATALOGUE, '1.2.3').command).toBe(
    'npm create electron-ports@1.2.3 ./list -- --topology main-port',
  )
})

it('names the framework in its command, with which there are no demos', () => {
  const app = { ...makeApp(['main-port']), demos: false, ui: 'react' }
  expect(planProject('my-app', app, CATALOGUE, '1.2.3').command).toBe(
    'npm create electron-ports@1.2.3 my-app -- --topology main-port --ui react',
  )
})

it('names yarn in its command, for it needs a file of its own', () => {
  const project = planProject('my-app', makeApp(['main-port']), CATALOGUE, '1.2.3', true)
  expect(project.command).toBe(
    'npm create electron-ports@1.2.3 my-app -- --topology main-port --pm yarn',
  )
})

it('unites the nodes and links of the chosen topologies, and of no other', () => {
  const app = { kind: 'window', about: 'The page' }
  const main = { kind: 'main', about: 'Everything else' }
  const files = { from: 'app', to: 'main', about: 'Files' }
  const topologies = [
    makeTopology('hub'),
    makeTopology('main-port', { nodes: { app, main }, links: { files } }),
    makeTopology('reply-stream', { nodes: { app }, links: {} }),
  ]
  const { nodes, links } = plan(['main-port', 'reply-stream'], topologies)
  expect({ nodes, links }).toEqual({ nodes: { app, main }, links: { files } })
})

it('lists the interfaces that are served, each once, by their files', () => {
  const link = { from: 'app', to: 'main', about: 'A link' }
  const links = {
    edit: { ...link, contract: { file: 'text', to: 'Text', from: 'Editor' } },
    plain: link,
    show: { ...link, contract: { file: 'text', to: 'Text' } },
    files: { ...link, contract: { file: 'files', to: 'Files' } },
  }
  const { contracts } = plan(['main-port'], [makeTopology('main-port', { links })])
  expect(Object.entries(contracts)).toEqual([
    ['files', ['Files']],
    ['text', ['Editor', 'Text']],
  ])
})

it('refuses topologies that disagree on a node', () => {
  const nodes = { app: { kind: 'window', about: 'Another page' } }
  const topologies = [makeTopology('hub'), makeTopology('main-port', { nodes })]
  expect(() => plan(['hub', 'main-port'], topologies)).toThrow(
    new Error('Two topologies define "app" differently.'),
  )
})

it('says in its command which features are left out', () => {
  const catalogue = { ...CATALOGUE, features: [PACKAGING] }
  const commandOf = (features: string[]): string =>
    planProject('my-app', makeApp(['main-port'], features), catalogue, '1.2.3').command
  expect(commandOf(['packaging'])).toMatch(/-- --topology main-port$/)
  expect(commandOf([])).toMatch(/-- --topology main-port --no-packaging$/)
})
