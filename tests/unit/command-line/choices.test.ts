import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFlags, requireChoices } from '../../../src/command-line/choices.ts'
import { UsageError } from '../../../src/errors.ts'
import { CATALOGUE, PACKAGING, makeApp } from '../catalogue.ts'

describe('directory', () => {
  it.each([
    { directory: 'my-app', name: 'my-app' },
    { directory: './my-app/', name: 'my-app' },
    { directory: 'apps/my-app', name: 'my-app' },
    { directory: '../my-app', name: 'my-app' },
    { directory: '/somewhere/my-app', name: 'my-app' },
    { directory: '@scope/my-app', name: 'my-app' },
  ])('names the project in $directory after its last part', ({ directory, name }) => {
    const { destination } = readFlags({ directory, topology: undefined }, CATALOGUE)
    expect(destination).toEqual({ directory, path: resolve(directory), name })
  })

  it.each(['', '  '])('refuses "%s"', (directory) => {
    expect(() => readFlags({ directory, topology: undefined }, CATALOGUE)).toThrow(
      new UsageError('The directory is empty. Give one, such as "my-app".'),
    )
  })

  it.each(['my\u0015app', 'my\nblog/app', 'my\uFFFDblog/app'])(
    'refuses %j, which cannot be written as it is',
    (directory) => {
      expect(() => readFlags({ directory }, CATALOGUE)).toThrow(
        new UsageError(
          `Directory ${JSON.stringify(resolve(directory))} holds a character that cannot be written. Choose another.`,
        ),
      )
    },
  )

  it('stays open when it is not given', () => {
    expect(readFlags({ directory: undefined, topology: ['main-port'] }, CATALOGUE)).toEqual({
      app: makeApp(['main-port']),
    })
  })
})

describe('topologies', () => {
  it('come in the order given, from lists, repeated flags or both', () => {
    expect(readTopologies('worker-window,main-port')).toEqual(['worker-window', 'main-port'])
    expect(readTopologies('worker-window', 'main-port')).toEqual(['worker-window', 'main-port'])
    expect(readTopologies(' worker-window , main-port ')).toEqual(['worker-window', 'main-port'])
  })

  it.each([
    {
      values: ['worker-windw'],
      message:
        'Topology "worker-windw" is unknown. Did you mean "worker-window"? Known: main-port, worker-window.',
    },
    {
      values: ['blockchain'],
      message: 'Topology "blockchain" is unknown. Known: main-port, worker-window.',
    },
    {
      values: ['main-port', 'main-port'],
      message: 'Topology "main-port" is given twice. Name it once.',
    },
    {
      values: [''],
      message: 'The flag --topology holds an empty name. Known: main-port, worker-window.',
    },
    {
      values: ['main-port,'],
      message: 'The flag --topology holds an empty name. Known: main-port, worker-window.',
    },
  ])('refuses $values', ({ values, message }) => {
    expect(() => readTopologies(...values)).toThrow(new UsageError(message))
  })
})

describe('without a terminal', () => {
  const flags = { directory: 'my-app', topology: ['main-port'] }
  const complete = (changes: Partial<Record<keyof typeof flags, undefined>>) =>
    requireChoices(readFlags({ ...flags, ...changes }, CATALOGUE), CATALOGUE)

  it('passes complete choices on', () => {
    expect(complete({})).toEqual({
      ...readFlags(flags, CATALOGUE),
      packageManager: expect.any(String),
      install: false,
      git: false,
    })
  })

  it('names the missing directory', () => {
    expect(() => complete({ directory: undefined })).toThrow(
      new UsageError(
        'The argument [directory] is missing, and this run cannot ask for it. Give one, such as "my-app", or --yes for the defaults.',
      ),
    )
  })

  it('names the missing flag and what it knows', () => {
    expect(() => complete({ topology: undefined })).toThrow(
      new UsageError(
        'The flag --topology is missing, and this run cannot ask for it. Give one or more of: main-port, worker-window; or nodes and links of your own, by --node and --link.',
      ),
    )
  })
})

describe('--yes', () => {
  it('takes the defaults for what is not given', () => {
    expect(readFlags({ yes: true }, CATALOGUE)).toMatchObject({
      destination: { name: 'my-app' },
      app: makeApp(['worker-window']),
      install: false,
      git: true,
    })
  })

  it('leaves alone what is given', () => {
    const flags = {
      yes: true,
      directory: 'desk',
      topology: ['main-port'],
      install: true,
      git: false,
    }
    expect(readFlags(flags, CATALOGUE)).toMatchObject({
      destination: { name: 'desk' },
      app: makeApp(['main-port']),
      install: true,
      git: false,
    })
  })
})

function readTopologies(...topology: string[]): string[] {
  const { app } = readFlags({ directory: undefined, topology }, CATALOGUE)
  return [...(app?.topologies ?? [])]
}

describe('the framework', () => {
  const topology = ['main-port']

  it('is none unless one is given', () => {
    expect(readFlags({ topology }, CATALOGUE).app?.ui).toBe('vanilla')
    expect(readFlags({ topology, ui: 'vanilla' }, CATALOGUE).app).toEqual(makeApp(topology))
  })

  it('leaves the demos out', () => {
    const app = { ...makeApp(topology), ui: 'react', demos: false }
    expect(readFlags({ topology, ui: 'react' }, CATALOGUE).app).toEqual(app)
  })

  it('is refused by name where it is unknown, or where a file says which it is', () => {
    expect(() => readFlags({ topology, ui: 'raect' }, CATALOGUE)).toThrow(
      'Framework "raect" is unknown. Did you mean "react"? Known: vanilla, react.',
    )
    expect(() => readFlags({ from: 'choices.json', ui: 'react' }, CATALOGUE)).toThrow(
      'The flag --from says what --ui would. Give one of the two.',
    )
  })
})

describe('features', () => {
  const catalogue = { ...CATALOGUE, features: [PACKAGING] }
  const topology = ['main-port']

  it('are all there, but for those that are left out', () => {
    expect(readFlags({ topology }, catalogue).app).toEqual(makeApp(topology, ['packaging']))
    expect(readFlags({ topology, without: ['packaging'] }, catalogue).app).toEqual(
      makeApp(topology),
    )
  })

  it('are not left out beside a file that says which there are', () => {
    expect(() => readFlags({ from: 'choices.json', without: ['packaging'] }, catalogue)).toThrow(
      'The flag --from says what --no-packaging would. Give one of the two.',
    )
  })
})
