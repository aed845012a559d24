import { readFile } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, extname, join } from 'node:path'
import { build } from 'esbuild'
import { forPages, pageHtml, pageSources } from '../electron-ports/build-app.ts'

/** Plain data, which Vitest can hand to its workers. */
export interface ServedSite {
  /** It answers at `localhost` and at every name below it: an origin, and a process, for each page. */
  port: number
  /** To be run in every page before its own scripts. */
  preload: string
}

const own = join(import.meta.dirname, 'site')

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

/** Serves the pages of the app of `tests/electron-ports`, and the one that opens them. */
export async function serveSite(): Promise<{ site: ServedSite; stop: () => void }> {
  const files = await buildSite()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    const content = files.get(pathname)
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': typeOf(pathname) })
    response.end(content)
  })
  const port = await listen(server)
  const stop = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { site: { port, preload: files.get('/preload.js') ?? '' }, stop }
}

/** The files, by their path. */
async function buildSite(): Promise<Map<string, string>> {
  const sources = ['opener.ts', 'preload.ts'].map((file) => join(own, file))
  const { outputFiles } = await build({
    ...forPages,
    entryPoints: [...pageSources, ...sources],
    entryNames: '[name]',
    outdir: '/',
    write: false,
  })
  const scripts = outputFiles.map(({ path, text }) => [`/${basename(path)}`, text] as const)
  return new Map([
    ...scripts,
    ['/page.html', await readFile(pageHtml, 'utf8')],
    ['/opener.html', await readFile(join(own, 'opener.html'), 'utf8')],
  ])
}

function typeOf(path: string): string {
  return types[extname(path)] ?? 'text/plain'
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
