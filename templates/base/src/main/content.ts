/**
 * Where pages come from. A built app serves its own files on a scheme of its own, which gives them a
 * real, secure origin: `file://` has none. In development they come from Vite's server.
 */
import { join, sep } from 'node:path'
import { type Session, app, protocol, session } from 'electron'
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

/** Makes the scheme a standard, secure one. Must run before the app is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/**
 * Answers requests on the scheme from `out/renderer`, and from nowhere else, in every session. In development the pages
 * of Vite's server get the same policy.
 */
export function serveContent(): void {
  serveIn(session.defaultSession)
  app.on('session-created', serveIn)
}

function serveIn(owner: Session): void {
  owner.protocol.handle(SCHEME, async (request) => {
    try {
      return withSecurityHeaders(await answerWith(fileFor(new URL(request.url)), request))
    } catch {
      return withSecurityHeaders(new Response('Not found', { status: 404 }))
    }
  })
  if (!devServer) return
  const urls = [`${new URL(devServer).origin}/*`]
  owner.webRequest.onHeadersReceived({ urls }, (received, pass) => {
    pass({ responseHeaders: { ...received.responseHeaders, ...securityHeaders } })
  })
}

/** The file behind an address. Throws when that is malformed, or lies outside of this app's pages. */
function fileFor({ host, pathname }: URL): string {
  const file = join(filesPath, decodeURIComponent(pathname))
  if (hosts.has(host) && file.startsWith(filesPath + sep)) return file
  throw new Error(`"${pathname}" of "${host}" is not part of this app.`)
}

function hostOf(node: NodeName): string {
  return topology.nodes[node].host ?? 'bundle'
}

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy(devServer && process.env['DEV_SERVER_NONCE']),
  'X-Content-Type-Options': 'nosniff',
}

function withSecurityHeaders({ body, status, headers }: Response): Response {
  return new Response(body, {
    status,
    headers: { ...Object.fromEntries(headers), ...securityHeaders },
  })
}
