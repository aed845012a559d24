/**
 * Where pages come from. A built app serves its own files on a scheme of its own, which gives them a
 * real, secure origin: `file://` has none. In development they come from Vite's server.
 */
import { join, sep } from 'node:path'
import { type Session, type WebContents, app, protocol, session } from 'electron'
import { type NodeName, topology } from '../topology'
import { contentSecurityPolicy } from './content-security-policy'
import { answerWith } from './file-response'

const SCHEME = 'app'

const filesPath = join(__dirname, '../renderer')

/** Set by electron-vite, as DEV_SERVER_NONCE is by electron.vite.config.ts, while `npm run dev` runs. */
const devServer = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']

/** All have the same files: a host is there for the origin it makes. */
const hosts = new Set((Object.keys(topology.nodes) as NodeName[]).map(hostOf))

/** The origin of a node's page. In development all have that of Vite's server. */
export function originOf(node: NodeName): string {
  return devServer ? new URL(devServer).origin : `${SCHEME}://${hostOf(node)}`
}

/** The address of the page in `src/renderer/<node>`. */
export function pageUrl(node: NodeName): string {
  return `${originOf(node)}/${node}/index.html`
}

/** Where the page of a node is, or is about to be, the latest last: several nodes may share a host. */
const addresses = new Map<WebContents, { node: NodeName; address: string }>()

/** Is to be told before `contents` loads a document of `node` from `url`, and without one when it is gone. */
export function noteAddress(contents: WebContents, node: NodeName, url = ''): void {
  addresses.delete(contents)
  if (isOf(node, url)) addresses.set(contents, { node, address: withoutHash(url) })
}

/** Whether an address is of the node's origin. */
export function isOf(node: NodeName, url: string): boolean {
  return url.startsWith(`${originOf(node)}/`)
}

/** Makes the scheme a standard, secure one. Must run before the app is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/**
 * Answers requests on the scheme from `out/renderer`, and from nowhere else, in every session. In development the pages
 * of Vite's server get the same policy. An address without a file, such as one that a page gave itself by
 * `history.pushState`, is that of the page whose window is there.
 */
export function serveContent(): void {
  serveIn(session.defaultSession)
  app.on('session-created', serveIn)
}

function serveIn(owner: Session): void {
  owner.protocol.handle(SCHEME, async (request) => {
    try {
      const node = nodeAt(request.url)
      const file = fileFor(new URL(request.url), node)
      const answer = answerWith(file, request)
      const response = await answer.catch(() => node && answerWith(fileOf(node), request))
      if (response) return withSecurityHeaders(response)
    } catch {
      // Not found, then.
    }
    return withSecurityHeaders(new Response('Not found', { status: 404 }))
  })
  if (!devServer) return
  const urls = [`${new URL(devServer).origin}/*`]
  owner.webRequest.onHeadersReceived({ urls }, (received, pass) => {
    pass({ responseHeaders: { ...received.responseHeaders, ...securityHeaders } })
  })
}

/** The node whose window is at an address, or comes there. */
function nodeAt(url: string): NodeName | undefined {
  const there = [...addresses.values()].filter(({ address }) => address === withoutHash(url))
  return there.at(-1)?.node
}

/**
 * The file behind an address. Where the window of a node is, that is of its own folder, or its page: never another's.
 *
 * @throws when the address is malformed, or lies outside of this app's pages.
 */
function fileFor({ host, pathname }: URL, node: NodeName | undefined): string {
  const file = join(filesPath, decodeURIComponent(pathname))
  if (!hosts.has(host) || !file.startsWith(filesPath + sep)) {
    throw new Error(`"${pathname}" of "${host}" is not part of this app.`)
  }
  const isOfOther = node && !file.startsWith(join(filesPath, node) + sep)
  return isOfOther ? fileOf(node) : file
}

function fileOf(node: NodeName): string {
  return join(filesPath, node, 'index.html')
}

function withoutHash(url: string): string {
  return url.replace(/#.*/s, '')
}

function hostOf(node: NodeName): string {
  return topology.nodes[node].host ?? 'bundle'
}

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy(devServer && process.env['DEV_SERVER_NONCE']),
  'X-Content-Type-Options': 'nosniff',
}

function withSecurityHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value)
  return response
}
