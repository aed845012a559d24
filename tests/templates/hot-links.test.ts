import { type ViteDevServer, createServer } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { hotLinks } from '../../templates/base/scripts/hot-links.ts'
import { makeFolder } from '../folders.ts'

/** What Vite's server makes of a module of a page. */
async function transform(code: string, path = 'src/renderer/app/module.ts'): Promise<string> {
  const server: ViteDevServer = await createServer({
    configFile: false,
    root: makeFolder({ [path]: code }),
    plugins: [hotLinks()],
    server: { middlewareMode: true, ws: false, watch: null },
    logLevel: 'silent',
  })
  onTestFinished(() => server.close())
  return (await server.transformRequest(`/${path}`))?.code ?? ''
}

const LINK = 'class Link { constructor(ports: object, name: string) {} close(): void {} }\n'
const SERVE = 'const serve = (ports: object, link: string): (() => void) => () => {}\n'

test.each([
  "const jobs = new Link({}, 'jobs')",
  "export const jobs = new Link({}, 'jobs')",
  "const other = 1, jobs = new Link({}, 'jobs')",
  "let jobs: Link = new Link({}, 'jobs')",
])('a module that is replaced ends its link: %s', async (code) => {
  const dispose = /import\.meta\.hot\?\.dispose\(\(\) => \{\s*jobs\.close\(\);?\s*\}\)/
  expect(await transform(LINK + code)).toMatch(dispose)
})

test('a module that is replaced ends all its links, and stops what it serves', async () => {
  const code = `${LINK}${SERVE}const a = new Link({}, 'a')\nserve({}, 'b')\nconst c = new Link({}, 'c')\nserve({}, 'd')`
  const transformed = await transform(code)
  expect(transformed).toMatch(/dispose\(serve\(\{\}, ['"]b['"]\)\)/)
  expect(transformed).toMatch(/dispose\(serve\(\{\}, ['"]d['"]\)\)/)
  expect(transformed).toMatch(/a\.close\(\);\s*c\.close\(\)/)
})

test.each([
  ['a link of a function', `${LINK}export const open = () => new Link({}, 'jobs')`],
  ['a stop that is kept', `${SERVE}export const stop = serve({}, 'jobs')`],
  ['neither', 'export const jobs = 1'],
])('%s is left to whoever made it', async (_, code) => {
  const transformed = await transform(code)
  expect(transformed).not.toMatch(/close\(\)\s*\}\)|dispose\(serve/)
})

test('code that is not of a page stays as it is', async () => {
  const code = `${LINK}export const jobs = new Link({}, 'jobs')`
  expect(await transform(code, 'src/main/module.ts')).not.toContain('dispose')
})
