import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'

/** What the examples in the README of a framework leave to their reader: imports, and what shows prices. */
interface Surroundings {
  /** Where it has each of its names from. */
  sources: Record<string, string[]>
  chart: string
  /** For a test: how it shows a component, and by which library. */
  show: string
  library: string
}

/** In the order in which they stand there. */
const EXAMPLES = ['Finder', 'Prices', 'Search']

const CHART_IN_TSX = `export function Chart(props: { prices: readonly number[] }) {
  return <p>{props.prices.join(' ')}</p>
}
`

const SURROUNDINGS: Record<string, Surroundings> = {
  react: {
    sources: { react: ['useEffect'], '../hooks': ['useCall', 'useLink', 'useStream'] },
    chart: CHART_IN_TSX,
    library: '@testing-library/react',
    show: 'render(<Example {...props} />)',
  },
  solid: {
    sources: {
      'solid-js': ['For', 'createEffect', 'on'],
      '../primitives': ['createCall', 'createLinkState', 'createStream'],
    },
    chart: CHART_IN_TSX,
    library: '@solidjs/testing-library',
    show: 'render(() => <Example {...props} />)',
  },
  svelte: {
    sources: { svelte: ['untrack'], '../links.svelte': ['useCall', 'useLink', 'useStream'] },
    chart: `<script lang="ts">
  const { prices }: { prices: readonly number[] } = $props()
</script>

<p>{prices.join(' ')}</p>
`,
    library: '@testing-library/svelte',
    show: 'render(Example, props)',
  },
  vue: {
    sources: { vue: ['watch'], '../composables': ['useCall', 'useLink', 'useStream'] },
    chart: `<script setup lang="ts">
defineProps<{ prices: readonly number[] }>()
</script>

<template>
  <p>{{ prices.join(' ') }}</p>
</template>
`,
    library: '@testing-library/vue',
    show: 'render(Example, { props })',
  },
}

const CONTRACTS = `export interface Library {
  find(title: string): Promise<{ title: string }>
  search(words: string, signal: AbortSignal): Promise<string[]>
}

export interface Market {
  prices(share: string): AsyncIterable<number>
}
`

/**
 * Makes the examples in a project's README components of it, with a unit test that uses them.
 *
 * @param ending  What the name of a component's file ends in.
 */
export async function writeExamples(project: string, ui: string, ending: string): Promise<void> {
  const { sources, chart, library, show } = SURROUNDINGS[ui]!
  const isTsx = ending === 'tsx'
  const readme = await readFile(join(project, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(new RegExp(`\`\`\`${ending}\\n(.*?)\`\`\``, 'gs'))]
  expect(blocks).toHaveLength(EXAMPLES.length)

  const importEach = (name: string, path: string): string =>
    isTsx ? `import { ${name} } from '${path}'` : `import ${name} from '${path}.${ending}'`
  const known = [
    ...Object.entries(sources).map(([source, names]) => ({ names, source })),
    { names: ['Link'], source: '../../ports/link', isType: true },
    { names: ['Library', 'Market'], source: './contracts', isType: true },
  ]
  const withImports = (code: string): string => {
    const isUsed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(code)
    const imports = known.flatMap(({ names, source, ...type }) => {
      const used = names.filter(isUsed).join(', ')
      return used ? [`import ${'isType' in type ? 'type ' : ''}{ ${used} } from '${source}'`] : []
    })
    imports.push(
      ...['Chart', 'PriceChart'].filter(isUsed).map((name) => importEach(name, './chart')),
    )
    const lines = imports.map((line) => `${line}\n`).join('')
    return isTsx ? lines + code : code.replace(/<script.*>\n/, `$&${lines}`)
  }

  const folder = join(project, 'src/renderer/shop')
  await mkdir(folder)
  await writeFile(join(folder, 'contracts.ts'), CONTRACTS)
  await writeFile(join(folder, `chart.${ending}`), chart)
  for (const [at, [, code = '']] of blocks.entries()) {
    await writeFile(join(folder, `${EXAMPLES[at]!.toLowerCase()}.${ending}`), withImports(code))
  }
  const imports = EXAMPLES.map((name) =>
    importEach(name, `../../src/renderer/shop/${name.toLowerCase()}`),
  )
  const test = [
    '// @vitest-environment happy-dom',
    ...imports,
    `import { cleanup, configure, fireEvent, render, screen } from '${library}'`,
    TEST,
    `function show(Example: any, props: object) { ${show} }`,
  ]
  await writeFile(join(project, `tests/unit/shop.test.${isTsx ? 'tsx' : 'ts'}`), test.join('\n'))
}

const TEST = `
import { afterEach, expect, test } from 'vitest'
import type { Library, Market } from '../../src/renderer/shop/contracts'
import { PATIENCE_MS, until } from './library'
import { linkTo } from './link-to'

configure({ asyncUtilTimeout: PATIENCE_MS })
afterEach(cleanup)

/** Answers to none but one question, and tells which were given up. */
function openLibrary() {
  const givenUp: string[] = []
  const { link } = linkTo<Library>('library', {
    find: async (title) => ({ title: title + ', found' }),
    async search(words, signal) {
      signal.addEventListener('abort', () => givenUp.push(words))
      return words === 'em' ? ['Emma'] : new Promise(() => {})
    },
  })
  return { link, givenUp }
}

function type(value: string) {
  return fireEvent.input(screen.getByRole('searchbox'), { target: { value } })
}

test('a call on click', async () => {
  const { link } = openLibrary()
  show(Finder, { library: link })
  await fireEvent.click(screen.getByText('Find Emma'))
  await screen.findByText('Emma, found')
  link.close()
})

test('a live stream, which begins again with the next port', async () => {
  let price = 1
  const { link, crash } = linkTo<Market>('market', {
    async *prices() {
      yield price
      await new Promise(() => {})
    },
  })
  show(Prices, { market: link })
  await screen.findByText('1')
  price = 2
  crash()
  await screen.findByText('2')
  link.close()
})

test('a form that cancels what it asked before', async () => {
  const { link, givenUp } = openLibrary()
  show(Search, { library: link })
  await type('e')
  await link.call.find('Emma') // what was asked before has come there
  await type('em')
  await screen.findByText('Emma')
  await until(() => expect(givenUp).toEqual(['e']))
  link.close()
})
`
