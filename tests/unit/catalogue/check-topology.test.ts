import { expect, it } from 'vitest'
import { checkTopology } from '../../../src/catalogue/check-topology.ts'

const RIGHT = {
  title: 'Echo',
  summary: 'The main process says what the page said.',
  choose: 'to see how a topology is written.',
  avoid: 'for everything else.',
  nodes: {
    app: { kind: 'window', about: 'The page the user sees.' },
    main: { kind: 'main', about: 'The main process itself.' },
  },
  links: {
    echo: {
      from: 'app',
      to: 'main',
      about: 'The page is echoed.',
      contract: { file: 'echo', to: 'Echo' },
    },
  },
}
const FILES = ['src/contracts/echo.ts']

it('takes a right description as it is', () => {
  expect(checkTopology(RIGHT, FILES, 'echo/topology.json')).toEqual(RIGHT)
})

const withLink = (changes: object): object => ({
  ...RIGHT,
  links: { echo: { ...RIGHT.links.echo, ...changes } },
})
const withApp = (app: object): object => ({ ...RIGHT, nodes: { ...RIGHT.nodes, app } })

it.each([
  ['a missing title', { ...RIGHT, title: undefined }, '"title"'],
  ['an unknown key', { ...RIGHT, sumary: 'It says.' }, '"sumary"'],
  ['a summary of two lines', { ...RIGHT, summary: 'One.\nTwo.' }, '"summary"'],
  ['a sentence for a clause', { ...RIGHT, choose: 'To see it.' }, '"choose"'],
  ['an unknown kind', withApp({ kind: 'windw', about: 'The page.' }), '"nodes.app.kind"'],
  ['a node of which nothing is said', withApp({ kind: 'window' }), '"nodes.app.about"'],
  ['a link without an end', withLink({ to: undefined }), '"links.echo.to"'],
  ['a link to a node that is not there', withLink({ to: 'worker' }), 'ends at "worker"'],
  ['a contract that is not there', withLink({ contract: { file: 'eco', to: 'Echo' } }), 'eco.ts'],
])('refuses %s, and names file and place', (_, description, place) => {
  expect(() => checkTopology(description, FILES, 'echo/topology.json')).toThrow(
    /^"echo\/topology\.json": /,
  )
  expect(() => checkTopology(description, FILES, 'echo/topology.json')).toThrow(place)
})
